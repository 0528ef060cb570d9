import type { AuditKind } from '../../../shared/audit.ts'
import type { FailureReason, ReportingProvider } from '../../../shared/providers.ts'
import {
  type KeyLink,
  type KeyLinking,
  type ProviderKey,
  type ReportingKey,
  type ReportingKeyConnection,
  reportingKeyFlaw,
} from '../../../shared/statements/reporting-keys.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { Envelope, SealContext } from '../envelope.ts'
import { type Caller, requireOwner } from '../identity/caller.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import type { AddressFor } from '../keys/endpoint.ts'
import type { KeyStore } from '../keys/keys.ts'
import { openKey } from '../keys/keys.ts'
import type { Failure, OpenedKey, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import { type LinkStore, linkByHint } from './links.ts'
import type { Reporting } from './reporting.ts'

const DAY_MS = 86_400_000

/** Names a reporting key: a workspace has one for each provider. */
export type ReportingPlace = { readonly workspaceId: string; readonly provider: ReportingProvider }

/** A reporting key as it is stored, its secret sealed. Times are milliseconds since the epoch. */
export type StoredReportingKey = ReportingPlace & {
  readonly version: number
  readonly sealed: string
  readonly baseAddress: string
  readonly connectedByName: string
  readonly connectedAt: number
  readonly verifiedAt: number
  readonly comparedAt: number | null
  readonly failure: FailureReason | null
}

/** A reporting key that was proved by real calls and is about to be written. */
type ProvenReportingKey = Pick<StoredReportingKey, 'version' | 'sealed' | 'baseAddress' | 'verifiedAt'> & {
  readonly connectedBy: string
}

/** Each change is written together with its audit record, or not at all. */
export type ReportingKeyStore = {
  list(workspaceId: string): Promise<readonly StoredReportingKey[]>
  /** Writes the first version, or the one after the present one, whose secret is destroyed. False when another was written meanwhile. */
  put(place: ReportingPlace, proven: ProvenReportingKey, record: AuditRecord): Promise<boolean>
  /** Destroys the secret; statements stay. False when there is none. */
  remove(place: ReportingPlace, record: AuditRecord): Promise<boolean>
}

/** What reporting keys need. */
export type ReportingKeyParts = {
  readonly reportingKeys: ReportingKeyStore
  readonly links: LinkStore
  readonly keys: KeyStore
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
  readonly reporting: Readonly<Record<ReportingProvider, Reporting>>
  readonly providers: Readonly<Record<ReportingProvider, Pick<Provider, 'addressFor'>>>
  readonly addressFor: AddressFor
  readonly now: () => number
}

/** What a sealed reporting key is bound to. Its kind and purpose are its own, so that it opens nothing else and nothing else opens it. */
export const reportingKeyContext = (
  { workspaceId, provider }: ReportingPlace,
  version: number,
  address: string,
): SealContext => ({
  kind: 'reporting-key',
  workspace: workspaceId,
  id: `reporting-${provider}`,
  version,
  purpose: 'reporting',
  provider,
  address,
})

/** Opens a reporting key for one comparison; the caller drops it at the end. */
export const openReportingKey = async (
  { workspaceKey, envelope }: Pick<ReportingKeyParts, 'workspaceKey' | 'envelope'>,
  stored: StoredReportingKey,
): Promise<OpenedKey> => {
  const { version, sealed, baseAddress } = stored
  const context = reportingKeyContext(stored, version, baseAddress)
  const secret = await envelope.open(await workspaceKey(stored.workspaceId), context, sealed)
  return { secret, baseAddress }
}

const cardOf = (
  { providers }: ReportingKeyParts,
  stored: StoredReportingKey,
  links: readonly KeyLink[],
): ReportingKey => ({
  provider: stored.provider,
  version: stored.version,
  baseAddress: stored.baseAddress,
  addressIsDefault: stored.baseAddress === providers[stored.provider].addressFor(null),
  connectedAt: stored.connectedAt,
  connectedBy: stored.connectedByName,
  verifiedAt: stored.verifiedAt,
  comparedAt: stored.comparedAt,
  failure: stored.failure,
  links: [...links],
})

const cardsOf = async (parts: ReportingKeyParts, workspaceId: string): Promise<ReportingKey[]> => {
  const cards: ReportingKey[] = []
  for (const stored of await parts.reportingKeys.list(workspaceId))
    cards.push(cardOf(parts, stored, await parts.links.list(stored)))
  return cards
}

/** The reporting keys, for the owner alone: never a key, nor digits of one. */
export const listReportingKeys =
  (parts: ReportingKeyParts) =>
  async (caller: Caller): Promise<ReportingKey[]> => {
    requireOwner(caller)
    return cardsOf(parts, caller.workspaceId)
  }

const stored = async (parts: ReportingKeyParts, place: ReportingPlace): Promise<StoredReportingKey> => {
  const all = await parts.reportingKeys.list(place.workspaceId)
  const found = all.find(({ provider }) => provider === place.provider)
  if (found === undefined) throw new Refusal('not-found', {})
  return found
}

/** A key that drafts here must not read reports as well: then either could be used for what the other is for. */
const draftsHere = async (
  parts: ReportingKeyParts,
  place: ReportingPlace,
  pasted: string,
): Promise<boolean> => {
  for (const { id, version, provider } of await parts.keys.list(place.workspaceId)) {
    if (provider !== place.provider) continue
    const { secret } = await openKey(parts)(place.workspaceId, id, version)
    if (secret === pasted) return true
  }
  return false
}

const shaped = async (parts: ReportingKeyParts, place: ReportingPlace, pasted: string): Promise<string> => {
  const key = pasted.trim()
  const { provider } = place
  const flaw = reportingKeyFlaw(provider, key)
  if (flaw !== undefined) throw new Refusal('key-misshapen', { provider, flaw })
  if (await draftsHere(parts, place, key))
    throw new Refusal('key-misshapen', { provider, flaw: 'drafting-key' })
  return key
}

const recordOf = (kind: AuditKind, caller: Caller, facts: AuditRecord['facts']): AuditRecord => ({
  workspaceId: caller.workspaceId,
  kind,
  memberId: caller.memberId,
  facts,
})

/** Reasons that speak about the key itself. With any other it may be good; it could not be proved now. */
const refusing: ReadonlySet<FailureReason> = new Set(['key-invalid', 'not-permitted', 'on-hold'])

const refuse = async (
  parts: ReportingKeyParts,
  caller: Caller,
  provider: ReportingProvider,
  { reason }: Failure,
): Promise<Refusal> => {
  await parts.keys.refuse(recordOf('reporting-key-refused', caller, { provider, reason }))
  return new Refusal(refusing.has(reason) ? 'key-refused' : 'key-unverified', { provider, reason })
}

const today = (now: number): number => now - (now % DAY_MS)

/** Proves a key by asking for the organization’s keys and for a day’s report, as a comparison does. */
const prove = async (
  parts: ReportingKeyParts,
  caller: Caller,
  { provider, opened, signal }: { provider: ReportingProvider; opened: OpenedKey; signal: AbortSignal },
) => {
  const reporting = parts.reporting[provider]
  const keys = await reporting.keys(opened, signal)
  if ('failure' in keys) throw await refuse(parts, caller, provider, keys.failure)
  const providerKeyIds = keys.told.slice(0, 1).map(({ id }) => id)
  const day = { startsAt: today(parts.now()) - DAY_MS, providerKeyIds }
  const report = await reporting.day(opened, day, signal)
  if ('failure' in report) throw await refuse(parts, caller, provider, report.failure)
  return keys.told
}

/** Connects the provider's reporting key or replaces it: shape, real calls, and only then it is sealed and stored. */
export const putReportingKey =
  (parts: ReportingKeyParts) =>
  async (
    caller: Caller,
    { provider, key }: ReportingKeyConnection,
    signal: AbortSignal,
  ): Promise<ReportingKey> => {
    requireOwner(caller)
    const { workspaceId, memberId } = caller
    const place = { workspaceId, provider }
    const baseAddress = parts.addressFor(provider, null)
    const opened = { secret: await shaped(parts, place, key), baseAddress, endpoint: null }
    const before = (await parts.reportingKeys.list(workspaceId)).find((one) => one.provider === provider)
    const listed = await prove(parts, caller, { provider, opened, signal })
    const version = (before?.version ?? 0) + 1
    const context = reportingKeyContext(place, version, opened.baseAddress)
    const sealed = await parts.envelope.seal(await parts.workspaceKey(workspaceId), context, opened.secret)
    const proven = { version, sealed, baseAddress: opened.baseAddress, verifiedAt: parts.now() }
    const kind = before === undefined ? 'reporting-key-connected' : 'reporting-key-replaced'
    const record = recordOf(kind, caller, { provider, version })
    if (!(await parts.reportingKeys.put(place, { ...proven, connectedBy: memberId }, record)))
      throw new Refusal('key-exists', { provider })
    await linkByHint(parts, place, listed)
    return cardOf(parts, await stored(parts, place), await parts.links.list(place))
  }

/** Disconnects a reporting key and destroys its secret. What was compared stays. */
export const disconnectReportingKey =
  (parts: ReportingKeyParts) =>
  async (caller: Caller, provider: ReportingProvider): Promise<void> => {
    requireOwner(caller)
    const place = { workspaceId: caller.workspaceId, provider }
    const { version } = await stored(parts, place)
    const record = recordOf('reporting-key-disconnected', caller, { provider, version })
    if (!(await parts.reportingKeys.remove(place, record))) throw new Refusal('not-found', {})
  }

/** The keys of the provider's organization, asked for now, so that the owner can say which of them is ours. */
export const listProviderKeys =
  (parts: ReportingKeyParts) =>
  async (caller: Caller, provider: ReportingProvider, signal: AbortSignal): Promise<ProviderKey[]> => {
    requireOwner(caller)
    const key = await stored(parts, { workspaceId: caller.workspaceId, provider })
    const answer = await parts.reporting[provider].keys(await openReportingKey(parts, key), signal)
    if ('failure' in answer) throw new Refusal('key-unverified', { provider, reason: answer.failure.reason })
    return answer.told.map(({ id, name }) => ({ id, name }))
  }

/** Says which key of the provider a version of ours is. */
export const linkKey =
  (parts: ReportingKeyParts) =>
  async (caller: Caller, provider: ReportingProvider, linking: KeyLinking): Promise<ReportingKey> => {
    requireOwner(caller)
    const place = { workspaceId: caller.workspaceId, provider }
    const key = await stored(parts, place)
    const links = await parts.links.list(place)
    const { keyId, version, providerKeyId } = linking
    const link = links.find((one) => one.keyId === keyId && one.version === version)
    if (link === undefined) throw new Refusal('not-found', {})
    const facts = { provider, label: link.label, version }
    await parts.links.put(place, { ...linking, by: 'owner' }, recordOf('reporting-key-linked', caller, facts))
    const others = links.filter((one) => one !== link)
    return cardOf(parts, key, [...others, { ...link, providerKeyId, by: 'owner' }])
  }
