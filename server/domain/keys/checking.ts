import { z } from 'zod'
import type { KeyConnected } from '../../../shared/keys.ts'
import { FailureReason } from '../../../shared/providers.ts'
import type { TellKeyRefused } from '../alerts/key-refusals.ts'
import type { AuditRecord } from '../books/audit.ts'
import { refusedKey } from '../drafts/failing.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { ListedAnswer } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import type { Listing } from './key-models.ts'
import { connectedKey, type KeyPlace, keyCard, openKey, type StoredKey } from './keys.ts'
import { organizationMark, type ProvingParts, prove } from './proving.ts'

const HOUR_MS = 3_600_000
/** Every key is asked about once in this time; the last hour of it is left to chance, so that keys do not all come at once. */
const EVERY_MS = 24 * HOUR_MS
/** How soon it is asked again when nobody could tell. */
const AGAIN_MS = HOUR_MS
/** How long a vault may be at one key before another one takes it over: longer than any list lasts. */
const CLAIM_MS = 5 * 60_000

/** One key's turn, which one vault has until `claimedUntil` (ms). */
export type CheckClaim = KeyPlace & { readonly claimedUntil: number }

/** What a key's provider told of its current version. Moments are milliseconds since the epoch. */
type Told = KeyPlace & {
  readonly version: number
  readonly at: number
  /** Undefined: as it was. */
  readonly listing: Listing | undefined
  readonly organization: string | null
}

/** What became of asking about keys. What is about a version does nothing when it is not the current one any more. */
export type CheckStore = {
  /** Takes the next key of any workspace whose turn it is: of several vaults one gets it. Undefined: it is nobody's turn. */
  claim(now: number, everyMs: number, until: number): Promise<CheckClaim | undefined>
  /** Ends a turn; the next one comes at `nextAt` (ms). */
  release(claim: CheckClaim, nextAt: number): Promise<void>
  /** The provider has answered. */
  answered(told: Told): Promise<void>
  /** Nobody could tell, since `at` unless it is longer. */
  unchecked(place: KeyPlace & { readonly version: number; readonly at: number }): Promise<void>
  /** The same, and the key answers again; written together with its record. False when the version is not the current one. */
  accept(told: Told, record: AuditRecord): Promise<boolean>
  /** Another reason for a key that is out already. */
  stillRejected(place: KeyPlace & { readonly version: number; readonly reason: FailureReason }): Promise<void>
}

type CheckParts = ProvingParts & {
  readonly checks: CheckStore
  readonly tellKeyRefused: TellKeyRefused
}

/** Whether a key answers no more until somebody sees to it: trying it again does not mend this. */
const takesOut = (reason: FailureReason): boolean => refusedKey(reason)?.out === true

const recordOf = (
  kind: 'key-accepted' | 'key-rejected',
  place: KeyPlace,
  { provider, label, version }: StoredKey,
  facts: Readonly<Record<string, string>> = {},
): AuditRecord => ({
  workspaceId: place.workspaceId,
  kind,
  memberId: null,
  facts: { provider, label, version, ...facts },
})

/** Takes a key out of routing and tells admins, or gives another reason for one that is out. */
const reject = async (
  { keys, checks, tellKeyRefused }: CheckParts,
  place: KeyPlace,
  key: StoredKey,
  reason: FailureReason,
): Promise<void> => {
  const { version, provider, label, model } = key
  const { workspaceId, keyId } = place
  const record = recordOf('key-rejected', place, key, { reason })
  if (!(await keys.reject({ ...place, version, reason }, record)))
    return checks.stillRejected({ ...place, version, reason })
  await tellKeyRefused(workspaceId, { keyId, provider, label, version, model, reason, out: true })
}

const toldOf = async (
  parts: CheckParts,
  place: KeyPlace,
  { provider, version }: StoredKey,
  { listed, organization }: ListedAnswer,
): Promise<Told> => ({
  ...place,
  version,
  at: parts.now(),
  listing: listed,
  organization: await organizationMark(parts, place.workspaceId, provider, organization),
})

/** Proves the current version of a key again by a tiny real call, and takes it back into use. One that is refused stays out, or goes out. */
export const verifyKey =
  (parts: CheckParts) =>
  async (caller: Caller, keyId: string, signal: AbortSignal): Promise<KeyConnected> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const place = { workspaceId, keyId }
    const key = await connectedKey(parts, place)
    const { provider, label, version, model: wished } = key
    const opened = await openKey(parts)(workspaceId, keyId, version)
    const claim = { ...place, provider, label, version, opened, signal, wished }
    const proof = await prove(parts, caller, claim).catch(async (error: unknown) => {
      const reason = refusedFor(error)
      if (reason !== undefined && takesOut(reason)) await reject(parts, place, key, reasonNow(reason))
      throw error
    })
    const { listing, organization: account } = proof
    const told = await toldOf(parts, place, key, { listed: listing ?? undefined, organization: account })
    const record = { ...recordOf('key-accepted', place, key), memberId }
    if (!(await parts.checks.accept(told, record))) throw new Refusal('version-gone', { version })
    return { key: await keyCard(parts, place), receiptId: proof.receiptId }
  }

const Refused = z.object({ reason: FailureReason })

const refusedFor = (error: unknown): FailureReason | undefined =>
  error instanceof Refusal && error.slug === 'key-refused'
    ? Refused.safeParse(error.facts).data?.reason
    : undefined

/** What a refusal of a key that worked before means: its provider does not take it any more. */
const reasonNow = (reason: FailureReason): FailureReason =>
  reason === 'key-invalid' ? 'key-revoked' : reason

const credentials: ReadonlySet<FailureReason> = new Set(['key-invalid', 'key-revoked'])

/**
 * Whether a list of models proves that a key which is out may answer again: it was not accepted, and is now. Nothing is said about credit, limits
 * and holds, which a list passes by; nor at an endpoint of one's own, where some tell the list to everybody.
 */
const provesAgain = ({ state, rejectedFor, provider }: StoredKey): boolean =>
  state === 'rejected' && provider !== 'compatible' && rejectedFor !== null && credentials.has(rejectedFor)

/** Takes the key out of routing and tells admins, or says that nobody could tell. */
const failed = async (
  parts: CheckParts,
  place: KeyPlace,
  key: StoredKey,
  reason: FailureReason,
): Promise<void> => {
  const { version } = key
  if (!takesOut(reason)) return parts.checks.unchecked({ ...place, version, at: parts.now() })
  await parts.checks.answered({ ...place, version, at: parts.now(), listing: undefined, organization: null })
  await reject(parts, place, key, reason)
}

/** Asks about one key; gives when it is to be asked about again (ms), undefined: at once, since the vault stops. */
const checkKey = async (
  parts: CheckParts,
  place: KeyPlace,
  signal: AbortSignal,
): Promise<number | undefined> => {
  const { providers, checks, keys, now, newId } = parts
  const key = (await keys.list(place.workspaceId)).find(({ id }) => id === place.keyId)
  if (key === undefined) return now() + EVERY_MS
  const opened = await openKey(parts)(place.workspaceId, place.keyId, key.version)
  const answer = await providers[key.provider].models(opened, signal)
  if ('failure' in answer) {
    const reason = reasonNow(answer.failure.reason)
    if (reason === 'vault-stopped') return undefined
    await failed(parts, place, key, reason)
    return now() + (takesOut(reason) ? EVERY_MS : AGAIN_MS)
  }
  const told = await toldOf(parts, place, key, answer)
  if (provesAgain(key)) await checks.accept(told, recordOf('key-accepted', place, key))
  else await checks.answered(told)
  return now() + EVERY_MS - jitterMs(newId())
}

const HEX_DIGITS = 8

/** A part of the last hour, by chance. */
const jitterMs = (id: string): number =>
  Math.floor((Number.parseInt(id.slice(0, HEX_DIGITS), 16) / 16 ** HEX_DIGITS) * HOUR_MS)

/**
 * The daily job: asks each provider, at no cost, whether it still takes each key and which models it may use. Of several vaults one asks. A key
 * that does not open does not keep the others from their turn; it is tried again in an hour.
 */
export const checkDueKeys =
  (parts: CheckParts) =>
  async (signal: AbortSignal): Promise<void> => {
    const failures: unknown[] = []
    const { checks, now } = parts
    while (!signal.aborted) {
      const claim = await checks.claim(now(), EVERY_MS, now() + CLAIM_MS)
      if (claim === undefined) break
      let nextAt: number | undefined = now() + AGAIN_MS
      try {
        nextAt = await checkKey(parts, claim, signal)
      } catch (error) {
        failures.push(error)
      } finally {
        await checks.release(claim, nextAt ?? now())
      }
    }
    if (failures.length > 0) throw failures[0]
  }
