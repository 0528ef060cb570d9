import type { Key, KeyChange, KeyEndpoint, KeyList } from '../../../shared/keys.ts'
import type { FailureReason, ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { RoutingParts } from '../drafts/routing.ts'
import type { Envelope, SealContext } from '../envelope.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import type { Pricing, PricingFor } from '../prices/own-prices.ts'
import type { OpenedKey, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import { choosable, type Listing, modelCard, modelCards } from './key-models.ts'

/** A connected key as it is stored, without its secret. Times are milliseconds since the epoch. */
export type StoredKey = {
  readonly id: string
  readonly provider: ProviderName
  readonly label: string
  readonly state: 'active' | 'rejected'
  readonly rejectedFor: FailureReason | null
  readonly model: string
  readonly listing: Listing
  readonly version: number
  /** Where this version may be sent, and nowhere else. */
  readonly baseAddress: string
  readonly endpoint: KeyEndpoint | null
  readonly connectedByName: string
  readonly connectedAt: number
  readonly verifiedAt: number
}

/** A version that was proved by a real call, its secret sealed. */
export type ProvenVersion = {
  readonly version: number
  readonly sealed: string
  readonly baseAddress: string
  readonly endpoint: KeyEndpoint | null
  readonly model: string
  readonly listing: Listing
  readonly verifiedAt: number
}

/** Names a key; the same id in another workspace is another key. */
export type KeyPlace = { readonly workspaceId: string; readonly keyId: string }

/** A key about to be written, with its first version. */
export type NewKey = KeyPlace & {
  readonly provider: ProviderName
  readonly label: string
  readonly connectedBy: string
  readonly proven: ProvenVersion
}

/** A version's secret, sealed, and where it may be sent. */
export type SealedVersion = {
  readonly provider: ProviderName
  readonly sealed: string
  readonly baseAddress: string
  readonly endpoint: KeyEndpoint | null
}

/** Each change is written together with its audit record, or not at all and answered with false. */
export type KeyStore = {
  /** Connected keys in the order in which they answer. */
  list(workspaceId: string): Promise<readonly StoredKey[]>
  /** A version whose secret was not destroyed. */
  version(place: KeyPlace & { readonly version: number }): Promise<SealedVersion | undefined>
  /** False when a key of the provider is connected. */
  connect(key: NewKey, record: AuditRecord): Promise<boolean>
  /** Makes a version the current one and destroys the one before. False when the key is gone or was replaced meanwhile. */
  replace(place: KeyPlace, proven: ProvenVersion, record: AuditRecord): Promise<boolean>
  /** Destroys the secret; what the books need stays. */
  disconnect(place: KeyPlace & { readonly at: number }, record: AuditRecord): Promise<boolean>
  change(place: KeyPlace, change: KeyChange, record: AuditRecord): Promise<boolean>
  /** Takes a version out of routing. False when it is not the current one, or was taken out before. */
  reject(
    place: KeyPlace & { readonly version: number; readonly reason: FailureReason },
    record: AuditRecord,
  ): Promise<boolean>
  refuse(record: AuditRecord): Promise<void>
}

/** What the keys of a workspace need. */
export type KeyParts = {
  readonly keys: KeyStore
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
  readonly providers: Readonly<Record<ProviderName, Pick<Provider, 'addressFor'>>>
  readonly pricingFor: PricingFor
  readonly now: () => number
}

/** What a sealed provider key is bound to; the address above all. */
export const keyContext = (
  { workspaceId, keyId }: KeyPlace,
  provider: ProviderName,
  version: number,
  address: string,
): SealContext => ({
  kind: 'provider-key',
  workspace: workspaceId,
  id: keyId,
  version,
  purpose: 'drafts',
  provider,
  address,
})

const cardOf = ({ providers, now }: KeyParts, pricing: Pricing, key: StoredKey, primary: boolean): Key => ({
  id: key.id,
  provider: key.provider,
  label: key.label,
  connected: true,
  state: key.state,
  rejectedFor: key.rejectedFor,
  primary,
  version: key.version,
  model: modelCard(key.provider, key.model, key.listing, now(), pricing),
  models: modelCards(key.provider, key.listing, now(), pricing),
  baseAddress: key.baseAddress,
  position: 1,
  channels: null,
  former: null,
  restsUntil: null,
  checkedAt: null,
  uncheckedSince: null,
  addressIsDefault: key.baseAddress === providers[key.provider].addressFor(key.endpoint),
  endpoint: key.endpoint,
  connectedAt: key.connectedAt,
  connectedBy: key.connectedByName,
  verifiedAt: key.verifiedAt,
})

const cards = async (parts: KeyParts, workspaceId: string): Promise<Key[]> => {
  const connected = await parts.keys.list(workspaceId)
  const pricing = await parts.pricingFor(workspaceId)
  return connected.map((key, index) => cardOf(parts, pricing, key, index === 0))
}

/** The connected keys for owners and admins: never a secret, nor digits of one. */
export const listKeys =
  (parts: KeyParts) =>
  async (caller: Caller): Promise<KeyList> => {
    requireAdmin(caller)
    const keys = await cards(parts, caller.workspaceId)
    const routing = { primary: keys[0]?.provider ?? null, backup: null, dearer: false, remindAfterDays: 180 }
    return { keys, routing, reminders: [] }
  }

/** One connected key; another workspace's, a disconnected one and an id that never was are the same `not-found`. */
export const keyCard = async (parts: KeyParts, { workspaceId, keyId }: KeyPlace): Promise<Key> => {
  const card = (await cards(parts, workspaceId)).find(({ id }) => id === keyId)
  if (card === undefined) throw new Refusal('not-found', {})
  return card
}

/** A connected key without its secret; another workspace’s, a disconnected one and an id that never was are the same `not-found`. */
export const connectedKey = async (
  { keys }: Pick<KeyParts, 'keys'>,
  { workspaceId, keyId }: KeyPlace,
): Promise<StoredKey> => {
  const key = (await keys.list(workspaceId)).find(({ id }) => id === keyId)
  if (key === undefined) throw new Refusal('not-found', {})
  return key
}

const chosen = ({ now }: KeyParts, pricing: Pricing, key: StoredKey, model: string): string => {
  const priced = pricing(key.provider, model, now())
  if (priced === undefined) throw new Refusal('model-unpriced', { model })
  if (!choosable(key.provider, key.listing, now(), pricing).includes(priced.profile.id))
    throw new Refusal('malformed-request', { issues: [{ path: 'model', rule: 'a model of this key' }] })
  return priced.profile.id
}

/** Chooses which model drafts, or makes this key the one that answers first. */
export const changeKey =
  (parts: KeyParts) =>
  async (caller: Caller, keyId: string, { model, primary }: KeyChange): Promise<Key> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const key = await connectedKey(parts, { workspaceId, keyId })
    const pricing = await parts.pricingFor(workspaceId)
    const change = {
      ...(model === undefined ? {} : { model: chosen(parts, pricing, key, model) }),
      ...(primary === undefined ? {} : { primary }),
    }
    if (Object.keys(change).length > 0) {
      const facts = { provider: key.provider, label: key.label, ...change }
      const record: AuditRecord = { workspaceId, kind: 'key-changed', memberId, facts }
      await parts.keys.change({ workspaceId, keyId }, change, record)
    }
    return keyCard(parts, { workspaceId, keyId })
  }

/** Disconnects a key and destroys its secret. Calls that are running finish, since they have opened it. */
export const disconnectKey =
  (parts: Pick<KeyParts, 'keys' | 'now'>) =>
  async (caller: Caller, keyId: string): Promise<void> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const { provider, label, version } = await connectedKey(parts, { workspaceId, keyId })
    const facts = { provider, label, version }
    const record: AuditRecord = { workspaceId, kind: 'key-disconnected', memberId, facts }
    const done = await parts.keys.disconnect({ workspaceId, keyId, at: parts.now() }, record)
    if (!done) throw new Refusal('not-found', {})
  }

/** The connected keys in the order in which they answer, with everything that routing needs and no secret. */
export const keyRoutes =
  ({ keys }: Pick<KeyParts, 'keys'>): RoutingParts['routesFor'] =>
  async (workspaceId) => {
    const connected = await keys.list(workspaceId)
    return {
      backup: true,
      dearer: true,
      keys: connected.map(({ id, provider, label, version, baseAddress, model, state }) => ({
        keyId: id,
        provider,
        label,
        version,
        baseAddress,
        model,
        state,
        place: provider === connected[0]?.provider ? 'primary' : 'backup',
      })),
    }
  }

/** Opens a key for one call; the caller drops it when the call ends. Refuses when it was replaced or disconnected since it was chosen. */
export const openKey =
  ({ keys, workspaceKey, envelope }: Pick<KeyParts, 'keys' | 'workspaceKey' | 'envelope'>) =>
  async (workspaceId: string, keyId: string, version: number): Promise<OpenedKey> => {
    const stored = await keys.version({ workspaceId, keyId, version })
    if (stored === undefined) throw new Refusal('no-provider-available', {})
    const { provider, sealed, baseAddress, endpoint } = stored
    const context = keyContext({ workspaceId, keyId }, provider, version, baseAddress)
    const secret = await envelope.open(await workspaceKey(workspaceId), context, sealed)
    return { secret, baseAddress, endpoint }
  }

/** Takes a key out of routing because its provider refused it, and writes that down once. A version that is not current any more is left alone. */
export const markRejected =
  ({ keys }: Pick<KeyParts, 'keys'>) =>
  async (workspaceId: string, keyId: string, version: number, reason: FailureReason): Promise<void> => {
    const key = (await keys.list(workspaceId)).find(({ id }) => id === keyId)
    if (key === undefined) return
    const facts = { provider: key.provider, label: key.label, version, reason }
    const record: AuditRecord = { workspaceId, kind: 'key-rejected', memberId: null, facts }
    await keys.reject({ workspaceId, keyId, version, reason }, record)
  }
