import { Usd } from '../../../shared/money.ts'
import { capRefusal, type Scope, scopesOf } from '../../domain/books/caps.ts'
import type { EventFacts } from '../../domain/books/events.ts'
import type { BegunDrafts, HoldOutcome, HoldRequest, KnownRequest } from '../../domain/books/ledger.ts'
import { dayOf } from '../../domain/books/periods.ts'
import type { Executor } from '../database.ts'
import { insertAttempt } from './attempts.ts'
import { readCap } from './caps.ts'
import { moveCounter, takeHold } from './counters.ts'
import type { AppendEvent } from './events.ts'
import { insertLine } from './hold-lines.ts'
import { openPeriod, type StoredPeriod } from './periods.ts'
import { draftsSince, insertReceipt, knownRequest, markChanged, rollUpReceipt } from './receipt-rows.ts'

type HoldParts = {
  readonly newId: () => string
  readonly append: AppendEvent
}

const placeOf = (request: HoldRequest, period: StoredPeriod, scope: Scope) => ({
  workspaceId: request.workspaceId,
  periodId: period.id,
  scope,
})

const giveBack = async (
  tx: Executor,
  request: HoldRequest,
  period: StoredPeriod,
  scopes: readonly Scope[],
): Promise<void> => {
  for (const scope of scopes)
    await moveCounter(tx, placeOf(request, period, scope), { settled: 0n, released: request.bound })
}

/** Takes the bound under every scope, or under none: then tells the scope that declined. */
const takeEverywhere = async (
  tx: Executor,
  request: HoldRequest,
  period: StoredPeriod,
): Promise<Scope | undefined> => {
  const taken: Scope[] = []
  for (const scope of scopesOf()) {
    if (!(await takeHold(tx, placeOf(request, period, scope), request.bound))) {
      await giveBack(tx, request, period, taken)
      return scope
    }
    taken.push(scope)
  }
  return undefined
}

const declined = async (
  tx: Executor,
  { workspaceId, timeZone, bound }: HoldRequest,
  scope: Scope,
  at: number,
): Promise<HoldOutcome> => ({
  held: false,
  ...capRefusal(await readCap(tx, { workspaceId, timeZone, scope, at }), bound),
})

const heldFacts = (request: HoldRequest, period: StoredPeriod): EventFacts => ({
  attempt: request.attempt.id,
  receipt: request.receipt.id,
  resolution: request.receipt.resolutionId,
  number: request.attempt.number,
  purpose: request.attempt.purpose,
  member: request.receipt.memberId,
  device: request.receipt.deviceId,
  provider: request.attempt.provider,
  model: request.attempt.model,
  key: request.attempt.keyId,
  keyVersion: request.attempt.keyVersion,
  baseAddress: request.attempt.baseAddress,
  price: request.attempt.entry.id,
  held: Usd.encode(request.bound),
  scopes: scopesOf()
    .map(({ scope, id }) => (id === '' ? scope : `${scope}:${id}`))
    .join(' '),
  period: period.id,
  periodStartsAt: period.startsAt,
  periodEndsAt: period.endsAt,
  vault: request.vaultId,
  expiresAt: request.expiresAt,
})

const writeHold = async (
  tx: Executor,
  append: AppendEvent,
  request: HoldRequest,
  period: StoredPeriod,
  at: number,
): Promise<void> => {
  const { workspaceId, attempt, receipt, bound } = request
  await insertAttempt(tx, request, at)
  for (const scope of scopesOf()) await insertLine(tx, attempt.id, placeOf(request, period, scope), bound)
  const facts = heldFacts(request, period)
  const seq = await append(tx, { workspaceId, log: 'ledger', kind: 'held', at, facts })
  if (attempt.number === 1) await markChanged(tx, workspaceId, receipt.id, seq)
  else await rollUpReceipt(tx, workspaceId, receipt.id, seq)
}

const knownAs = async (
  tx: Executor,
  { workspaceId, receipt }: HoldRequest,
  at: number,
): Promise<KnownRequest | undefined> => knownRequest(tx, { workspaceId, ...receipt }, at)

/** What has begun, when the rolling limit is used up. Asked while this transaction holds the counter, so two cannot both be the last. */
const overLimit = async (
  tx: Executor,
  { workspaceId, limit }: HoldRequest,
): Promise<BegunDrafts | undefined> => {
  if (limit === undefined) return undefined
  const begun = await draftsSince(tx, workspaceId, limit.since)
  return begun.count < limit.most ? undefined : begun
}

/** Makes a hold in the caller's transaction, at `at` (ms); what `Ledger.hold` promises. */
export const holdIn = async (
  tx: Executor,
  { newId, append }: HoldParts,
  request: HoldRequest,
  at: number,
): Promise<HoldOutcome> => {
  const isFirst = request.attempt.number === 1
  const known = isFirst ? await knownAs(tx, request, at) : undefined
  if (known !== undefined) return { held: false, known }

  const { workspaceId, timeZone } = request
  const period = await openPeriod(tx, { workspaceId, timeZone, at, id: newId() })
  const declining = await takeEverywhere(tx, request, period)
  if (declining !== undefined) return declined(tx, request, declining, at)

  const begun = await overLimit(tx, request)
  if (begun !== undefined) {
    await giveBack(tx, request, period, scopesOf())
    return { held: false, begun }
  }
  if (isFirst && !(await insertReceipt(tx, request, dayOf(at, period.timeZone), at))) {
    await giveBack(tx, request, period, scopesOf())
    return overtaken(tx, request, at)
  }
  await writeHold(tx, append, request, period, at)
  return { held: true }
}

/** The unique key has the last word on whether a request is new, whatever was seen before. */
const overtaken = async (tx: Executor, request: HoldRequest, at: number): Promise<HoldOutcome> => {
  const known = await knownAs(tx, request, at)
  if (known === undefined) throw new Error('a receipt was refused as known but is not')
  return { held: false, known }
}
