import type { PeriodKind } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { scopesOf } from '../../domain/books/caps.ts'
import type { HoldRequest } from '../../domain/books/ledger.ts'
import { isMonthOfAll, limitsOf } from '../books/caps.ts'
import { type CounterPlace, moveCounter, takeHold } from '../books/counters.ts'
import { openDay, openMonth, type StoredPeriod } from '../books/periods.ts'
import type { Executor } from '../database.ts'

/** A cap that applies to a request: its counter, and its limit as it stands. */
type Applying = {
  readonly place: CounterPlace
  readonly kind: PeriodKind
  readonly limit: Picodollars
}

/** The periods in which a request counts, and every cap under which it does; the workspace's month is always the first. `day` is there when a day's cap is. */
export type Counting = {
  readonly month: StoredPeriod
  readonly day: StoredPeriod | undefined
  readonly caps: readonly Applying[]
}

/** The scopes of a request: member and channel are the person's, the model is the call's. */
export const scopesOfRequest = ({ receipt, attempt }: HoldRequest) =>
  scopesOf({
    memberId: receipt.memberId,
    channelId: receipt.channelId,
    provider: attempt.provider,
    model: attempt.model,
  })

/** Finds the caps that apply to a request at a moment, and opens the periods that they count in. */
export const countingOf = async (
  tx: Executor,
  request: HoldRequest,
  at: number,
  newId: () => string,
): Promise<Counting> => {
  const { workspaceId, timeZone } = request
  const limits = await limitsOf(tx, workspaceId, scopesOfRequest(request))
  const month = await openMonth(tx, { workspaceId, timeZone, at, id: newId() })
  const hasDay = limits.some(({ kind }) => kind === 'day')
  const day = hasDay ? await openDay(tx, { workspaceId, at, id: newId() }, month) : undefined
  const ordered = [...limits.filter(isMonthOfAll), ...limits.filter((limit) => !isMonthOfAll(limit))]
  const caps = ordered.map(({ scope, id, kind, limit }): Applying => {
    const periodId = (kind === 'day' && day !== undefined ? day : month).id
    return { place: { workspaceId, periodId, scope: { scope, id } }, kind, limit }
  })
  return { month, day, caps }
}

const giveBack = async (tx: Executor, caps: readonly Applying[], amount: Picodollars): Promise<void> => {
  for (const { place } of caps) await moveCounter(tx, place, { settled: zero, released: amount })
}

/** Takes an amount under every cap, or under none. */
export const takeUnderAll = async (
  tx: Executor,
  { caps }: Counting,
  amount: Picodollars,
): Promise<boolean> => {
  for (const [index, { place, limit }] of caps.entries()) {
    if (await takeHold(tx, place, amount, limit)) continue
    await giveBack(tx, caps.slice(0, index), amount)
    return false
  }
  return true
}

/** Gives back what was taken under every cap. */
export const giveBackUnderAll = (tx: Executor, { caps }: Counting, amount: Picodollars): Promise<void> =>
  giveBack(tx, caps, amount)
