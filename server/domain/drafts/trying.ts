import type { KeyRefusal, TellKeyRefused } from '../alerts/key-refusals.ts'
import type { RollingLimit } from '../books/ledger.ts'
import type { OpenedKey } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import { type AttemptParts, type Called, countInput, type Order, type Plan } from './attempts.ts'
import { mayCallAgain } from './budget.ts'
import type { Backup, Candidates } from './candidates.ts'
import { refusedKey, showsWell } from './failing.ts'
import { reserve } from './reserving.ts'

export type TryingParts = AttemptParts & {
  /** Opens a key for one call; refuses `no-provider-available` when it is gone since it was chosen. The secret must not outlive the call. */
  readonly openKey: (workspaceId: string, keyId: string, version: number) => Promise<OpenedKey>
  /** Takes a key out of routing that its provider refused, and writes that down. */
  readonly markRejected: (
    workspaceId: string,
    keyId: string,
    version: number,
    reason: KeyRefusal['reason'],
  ) => Promise<void>
  readonly tellKeyRefused: TellKeyRefused
}

/** A provider call whose money is reserved and whose key is open. `lowered`: its answer may be shorter than usual. */
export type Ready = { readonly plan: Plan; readonly key: OpenedKey; readonly lowered: boolean }

/** One draft on its way: who may answer it, when it began, the number of its first call, and the rolling limit that this call counts under. */
export type Way = {
  readonly candidates: Candidates
  readonly begunAt: number
  readonly first: number
  readonly limit: RollingLimit | undefined
}

/** The key of a planned call, or undefined when it is gone since it was chosen. */
const openedKey = async ({ openKey }: TryingParts, { order, candidate }: Plan) => {
  try {
    return await openKey(order.caller.workspaceId, candidate.keyId, candidate.version)
  } catch (error) {
    if (error instanceof Refusal && error.slug === 'no-provider-available') return undefined
    throw error
  }
}

/** Opens the key and reserves what the call may cost; undefined when the key is gone. */
const ready = async (
  parts: TryingParts,
  wanted: Plan,
  limit: RollingLimit | undefined,
  signal: AbortSignal,
): Promise<Ready | undefined> => {
  const key = await openedKey(parts, wanted)
  if (key === undefined) return undefined
  const plan = await reserve(parts, wanted, limit, (planned) => countInput(parts, planned, key, signal))
  return { plan, key, lowered: plan.outputLimit < wanted.outputLimit }
}

/** The first call of a draft: the first key that is well, or else the one that rests the shortest. Refuses when nobody can be asked, or a cap declines. */
export const firstCall = async (
  parts: TryingParts,
  { candidates, first, limit }: Way,
  signal: AbortSignal,
): Promise<Ready> => {
  for (;;) {
    const plan = (await candidates.next()) ?? candidates.soonest()
    if (plan === undefined) throw candidates.nobody()
    const call = await ready(parts, { ...plan, number: first }, limit, signal)
    if (call !== undefined) return call
  }
}

/** Why a call that is settled has no other one after it; undefined when another key may answer. */
const whyLast = (way: Way, { number }: Plan, { text, failure, ending }: Called, now: number) => {
  if (ending.failure === null || ending.failure === 'vault-stopped') return { backup: null }
  if (!failure?.mayTryElsewhere) return { backup: 'fault' } as const
  if (text !== '') return { backup: way.candidates.others() ? 'text' : way.candidates.lacking() } as const
  return mayCallAgain(number - way.first + 1, way.begunAt, now) ? undefined : ({ backup: 'spent' } as const)
}

const isCapRefusal = (error: unknown): boolean => error instanceof Refusal && error.slug.startsWith('cap-')

/** The call after one that failed without visible text, on the next key; or why there is none. */
export const nextCall = async (
  parts: TryingParts,
  way: Way,
  before: Plan,
  called: Called,
  signal: AbortSignal,
): Promise<Ready | { readonly backup: Backup }> => {
  const last = whyLast(way, before, called, parts.now())
  if (last !== undefined) return last
  const plan = (await way.candidates.next()) ?? way.candidates.soonest()
  if (plan === undefined) return { backup: way.candidates.lacking() }
  try {
    const call = await ready(parts, { ...plan, number: before.number + 1 }, undefined, signal)
    return call ?? nextCall(parts, way, before, called, signal)
  } catch (error) {
    if (isCapRefusal(error)) return { backup: 'cap' }
    throw error
  }
}

/** What a settled call says about its key: well, to be left to rest, or out of routing. */
export const learn = async (
  { markRejected }: Pick<TryingParts, 'markRejected'>,
  { candidates: { rests } }: Way,
  { order, candidate }: Plan,
  { failure }: Called,
): Promise<void> => {
  if (failure === undefined || showsWell(failure.reason)) return rests.well(candidate)
  const { reason, retryAfterSeconds } = failure
  await rests.failed(candidate, reason, retryAfterSeconds)
  if (refusedKey(reason)?.out)
    await markRejected(order.caller.workspaceId, candidate.keyId, candidate.version, reason)
}

/** A call that was made, and how it went. */
export type Made = { readonly plan: Plan; readonly called: Called }

const refusalOf = ({ plan: { candidate, model }, called: { failure } }: Made): KeyRefusal | undefined => {
  const refused = failure && refusedKey(failure.reason)
  if (failure === undefined || refused === undefined) return undefined
  const { keyId, provider, label, version } = candidate
  return {
    keyId,
    provider,
    label,
    version,
    model: model.profile.id,
    reason: failure.reason,
    out: refused.out,
  }
}

/** Tells admins of the keys that their providers refused. */
export const tellRefusals = async (
  { tellKeyRefused }: Pick<TryingParts, 'tellKeyRefused'>,
  { caller }: Order,
  made: readonly Made[],
): Promise<void> => {
  for (const refusal of made.map(refusalOf))
    if (refusal !== undefined) await tellKeyRefused(caller.workspaceId, refusal)
}
