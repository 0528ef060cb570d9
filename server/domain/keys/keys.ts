import type { Key, KeyEndpoint, KeyList, KeyReminder, Routing } from '../../../shared/keys.ts'
import type { FailureReason, ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { ChannelStore } from '../channels.ts'
import { type Rest, type RestStore, restsUntil } from '../drafts/resting.ts'
import type { Envelope, SealContext } from '../envelope.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import type { Pricing, PricingFor } from '../prices/own-prices.ts'
import type { OpenedKey, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import type { ArrangementStore } from './arrangement.ts'
import { type Listing, modelCard, modelCards } from './key-models.ts'
import type { RouteStore } from './key-routes.ts'
import { remindersOf } from './reminders.ts'
import { inForce, inOrder } from './routing-settings.ts'

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
  /** The channels that it may answer for, none where they are gone; null: all. */
  readonly channels: readonly { readonly id: string; readonly name: string }[] | null
  /** Place among all keys of the workspace; smaller answers earlier. */
  readonly position: number
  readonly connectedByName: string
  readonly connectedAt: number
  readonly verifiedAt: number
  /** Since when its current secret is here. */
  readonly storedAt: number
  readonly checkedAt: number | null
  readonly uncheckedSince: number | null
}

/** A version that was proved by a real call, its secret sealed. */
export type ProvenVersion = {
  readonly version: number
  readonly sealed: string
  readonly baseAddress: string
  readonly endpoint: KeyEndpoint | null
  readonly model: string
  readonly listing: Listing
  /** A keyed hash of the provider's id of the account; null where the provider does not tell. */
  readonly organization: string | null
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
export type KeyStore = RouteStore &
  ArrangementStore & {
    /** Connected keys in the order in which they answer. */
    list(workspaceId: string): Promise<readonly StoredKey[]>
    /** A version whose secret was not destroyed. */
    version(place: KeyPlace & { readonly version: number }): Promise<SealedVersion | undefined>
    /** False when another key of the provider has its label. */
    connect(key: NewKey, record: AuditRecord): Promise<boolean>
    /** Takes a version out of routing. False when it is not the current one, or was taken out before. */
    reject(
      place: KeyPlace & { readonly version: number; readonly reason: FailureReason },
      record: AuditRecord,
    ): Promise<boolean>
    refuse(record: AuditRecord): Promise<void>
  }

/** The version before a key's current one, to which one may return until a moment (ms). */
export type FormerVersion = { readonly version: number; readonly until: number }

/** What the keys of a workspace need. */
export type KeyParts = {
  readonly keys: KeyStore
  readonly versions: {
    /** The former versions of a workspace's keys that are kept at a moment (ms), by the key's id. */
    formers(workspaceId: string, at: number): Promise<ReadonlyMap<string, FormerVersion>>
  }
  readonly channels: Pick<ChannelStore, 'list'>
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
  readonly providers: Readonly<Record<ProviderName, Pick<Provider, 'addressFor'>>>
  readonly pricingFor: PricingFor
  readonly resting: Pick<RestStore, 'list'>
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

/** What cards show beyond the keys themselves. */
type Beside = {
  readonly pricing: Pricing
  readonly routing: Routing
  readonly rests: readonly Rest[]
  readonly formers: ReadonlyMap<string, FormerVersion>
  readonly at: number
  /** How many keys of its provider answer before it. */
  readonly before: number
}

const restOf = ({ id: keyId, provider, baseAddress }: StoredKey, { rests, at }: Beside): number | null =>
  restsUntil(rests, { keyId, provider, baseAddress }, at) ?? null

const cardOf = ({ providers }: KeyParts, key: StoredKey, beside: Beside): Key => ({
  id: key.id,
  provider: key.provider,
  label: key.label,
  connected: true,
  state: key.state,
  rejectedFor: key.rejectedFor,
  primary: beside.before === 0 && key.provider === beside.routing.primary,
  position: beside.before + 1,
  channels: key.channels && [...key.channels],
  version: key.version,
  model: modelCard(key.provider, key.model, key.listing, beside.at, beside.pricing),
  models: modelCards(key.provider, key.listing, beside.at, beside.pricing),
  baseAddress: key.baseAddress,
  former: beside.formers.get(key.id) ?? null,
  restsUntil: restOf(key, beside),
  checkedAt: key.checkedAt,
  uncheckedSince: key.uncheckedSince,
  addressIsDefault: key.baseAddress === providers[key.provider].addressFor(key.endpoint),
  endpoint: key.endpoint,
  connectedAt: key.connectedAt,
  connectedBy: key.connectedByName,
  verifiedAt: key.verifiedAt,
})

const listed = async (parts: KeyParts, workspaceId: string): Promise<Pick<KeyList, 'keys' | 'routing'>> => {
  const connected = await parts.keys.list(workspaceId)
  const routing = inForce(await parts.keys.routing(workspaceId), connected)
  const rests = await parts.resting.list(workspaceId)
  const at = parts.now()
  const formers = await parts.versions.formers(workspaceId, at)
  const beside = { pricing: await parts.pricingFor(workspaceId), routing, rests, formers, at }
  const keys = inOrder(routing, connected).map((key, place, all) => {
    const before = all.slice(0, place).filter(({ provider }) => provider === key.provider).length
    return cardOf(parts, key, { ...beside, before })
  })
  return { keys, routing }
}

const reminders = async (
  { keys, channels, pricingFor, now }: KeyParts,
  workspaceId: string,
  { remindAfterDays }: Routing,
): Promise<KeyReminder[]> =>
  remindersOf({
    keys: await keys.list(workspaceId),
    channels: await channels.list(workspaceId),
    pricing: await pricingFor(workspaceId),
    remindAfterDays,
    at: now(),
  })

/** The connected keys for owners and admins, with who answers, who stands in and what to see to: never a secret, nor digits of one. */
export const listKeys =
  (parts: KeyParts) =>
  async (caller: Caller): Promise<KeyList> => {
    requireAdmin(caller)
    const { keys, routing } = await listed(parts, caller.workspaceId)
    return { keys, routing, reminders: await reminders(parts, caller.workspaceId, routing) }
  }

/** One connected key; another workspace's, a disconnected one and an id that never was are the same `not-found`. */
export const keyCard = async (parts: KeyParts, { workspaceId, keyId }: KeyPlace): Promise<Key> => {
  const card = (await listed(parts, workspaceId)).keys.find(({ id }) => id === keyId)
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
