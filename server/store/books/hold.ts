import type { PeriodKind } from '../../../shared/cap.ts'
import { Usd } from '../../../shared/money.ts'
import { capRefusal, mayUseReserve } from '../../domain/books/caps.ts'
import type { EventFacts } from '../../domain/books/events.ts'
import type { HoldOutcome, HoldRequest, KnownRequest } from '../../domain/books/ledger.ts'
import { dayOf } from '../../domain/books/periods.ts'
import { scopeText } from '../../domain/books/pruning.ts'
import { readCaps } from '../caps/reading.ts'
import { type Counting, countingOf, giveBackUnderAll, scopesOfRequest, takeUnderAll } from '../caps/taking.ts'
import type { Executor } from '../database.ts'
import { attemptsOf, insertAttempt } from './attempts.ts'
import type { AppendEvent } from './events.ts'
import { insertLine } from './hold-lines.ts'
import { draftsSince, insertReceipt, knownRequest, markChanged, rollUpReceipt } from './receipt-rows.ts'

type HoldParts = {
  readonly newId: () => string
  readonly append: AppendEvent
}

const declined = async (tx: Executor, request: HoldRequest, at: number): Promise<HoldOutcome> => {
  const { workspaceId, timeZone, bound } = request
  const caps = await readCaps(tx, { workspaceId, timeZone, at }, scopesOfRequest(request))
  const refusal = capRefusal(caps, bound, mayUseReserve(request.receipt))
  if (refusal === undefined) throw new Error('a hold was declined that fits under every cap')
  return { held: false, ...refusal }
}

/** The scopes of one kind of period, as events write them. */
const scopesIn = ({ caps }: Counting, kind: PeriodKind): string =>
  caps
    .filter((cap) => cap.kind === kind)
    .map(({ place }) => scopeText(place.scope.scope, place.scope.id))
    .join(' ')

const heldFacts = (request: HoldRequest, counting: Counting): EventFacts => ({
  attempt: request.attempt.id,
  receipt: request.receipt.id,
  resolution: request.receipt.resolutionId,
  number: request.attempt.number,
  purpose: request.attempt.purpose,
  member: request.receipt.memberId,
  ...(request.receipt.urgentBy !== null && { urgentBy: request.receipt.urgentBy }),
  device: request.receipt.deviceId,
  provider: request.attempt.provider,
  model: request.attempt.model,
  key: request.attempt.keyId,
  keyVersion: request.attempt.keyVersion,
  baseAddress: request.attempt.baseAddress,
  price: request.attempt.entry.id,
  held: Usd.encode(request.bound),
  scopes: scopesIn(counting, 'month'),
  period: counting.month.id,
  periodStartsAt: counting.month.startsAt,
  periodEndsAt: counting.month.endsAt,
  ...(counting.day && { dayScopes: scopesIn(counting, 'day'), day: counting.day.id }),
  vault: request.vaultId,
  expiresAt: request.expiresAt,
})

const writeHold = async (
  tx: Executor,
  append: AppendEvent,
  request: HoldRequest,
  counting: Counting,
  at: number,
): Promise<void> => {
  const { workspaceId, attempt, receipt, bound } = request
  await insertAttempt(tx, request, at)
  for (const { place } of counting.caps) await insertLine(tx, attempt.id, place, bound)
  const facts = heldFacts(request, counting)
  const seq = await append(tx, { workspaceId, log: 'ledger', kind: 'held', at, facts })
  if (attempt.number === 1) await markChanged(tx, workspaceId, receipt.id, seq)
  else await rollUpReceipt(tx, workspaceId, receipt.id, seq)
}

const knownAs = async (
  tx: Executor,
  { workspaceId, receipt }: HoldRequest,
  at: number,
): Promise<KnownRequest | undefined> => knownRequest(tx, { workspaceId, ...receipt }, at)

/** A further call of a request that another one makes already, or that still waits for the one before. */
const overtakenCall = async (
  tx: Executor,
  request: HoldRequest,
  at: number,
): Promise<KnownRequest | undefined> => {
  const attempts = await attemptsOf(tx, request.workspaceId, [request.receipt.id])
  const inTheWay = attempts.some(
    ({ number, outcome }) => number >= request.attempt.number || outcome === 'running',
  )
  return inTheWay ? knownAs(tx, request, at) : undefined
}

/** The refusal by the rolling limit, when it is used up. Asked while this transaction holds the counter, so two cannot both be the last. */
const overLimit = async (
  tx: Executor,
  { workspaceId, limit }: HoldRequest,
): Promise<HoldOutcome | undefined> => {
  if (limit === undefined) return undefined
  const begun = await draftsSince(tx, workspaceId, limit.since)
  return begun.count < limit.most ? undefined : { held: false, begun, limit }
}

/** Makes a hold in the caller's transaction, at `at` (ms); what `Ledger.hold` promises. */
export const holdIn = async (
  tx: Executor,
  { newId, append }: HoldParts,
  request: HoldRequest,
  at: number,
): Promise<HoldOutcome> => {
  const isFirst = request.attempt.number === 1
  const known = await (isFirst ? knownAs : overtakenCall)(tx, request, at)
  if (known !== undefined) return { held: false, known }

  const counting = await countingOf(tx, request, at, newId)
  if (!(await takeUnderAll(tx, counting, request.bound))) return declined(tx, request, at)

  const over = await overLimit(tx, request)
  if (over !== undefined) {
    await giveBackUnderAll(tx, counting, request.bound)
    return over
  }
  if (isFirst && !(await insertReceipt(tx, request, dayOf(at, counting.month.timeZone), at))) {
    await giveBackUnderAll(tx, counting, request.bound)
    return overtaken(tx, request, at)
  }
  await writeHold(tx, append, request, counting, at)
  return { held: true }
}

/** The unique key has the last word on whether a request is new, whatever was seen before. */
const overtaken = async (tx: Executor, request: HoldRequest, at: number): Promise<HoldOutcome> => {
  const known = await knownAs(tx, request, at)
  if (known === undefined) throw new Error('a receipt was refused as known but is not')
  return { held: false, known }
}
