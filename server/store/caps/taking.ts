import type { CapPlace, PeriodKind } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { mayUseReserve, scopesOf, usableOf } from '../../domain/books/caps.ts'
import type { HoldRequest } from '../../domain/books/ledger.ts'
import { limitsOf, type SetLimit } from '../books/caps.ts'
import { type CounterPlace, moveCounter, takeHold } from '../books/counters.ts'
import { openDay, openMonth, type StoredPeriod } from '../books/periods.ts'
import type { Executor } from '../database.ts'

/** A cap that applies to a request: its counter, and how much of its limit the request may use. Null: it is counted there and not limited. */
type Applying = {
  readonly place: CounterPlace
  readonly kind: PeriodKind
  readonly usable: Picodollars | null
}

/** The periods in which a request counts, and every cap under which it does; the month of its main scope is always the first. `day` is there when a day's cap is. */
export type Counting = {
  readonly month: StoredPeriod
  readonly day: StoredPeriod | undefined
  readonly caps: readonly Applying[]
}

/** The scopes of a request: purpose, member and channel are the person's, the model is the call's. */
export const scopesOfRequest = ({ receipt, attempt }: HoldRequest) =>
  scopesOf({
    purpose: receipt.purpose,
    memberId: receipt.memberId,
    channelId: receipt.channelId,
    provider: attempt.provider,
    model: attempt.model,
  })

/** Where a request counts: the month of its main scope, whether a cap of it is set or not, then the other caps that are set. */
const placesOf = (
  [main]: ReturnType<typeof scopesOfRequest>,
  limits: readonly SetLimit[],
): readonly (CapPlace & { readonly set: SetLimit | undefined })[] => {
  const isMain = ({ scope, kind }: SetLimit): boolean => scope === main.scope && kind === 'month'
  const others = limits.filter((limit) => !isMain(limit)).map((set) => ({ ...set, set }))
  return [{ ...main, kind: 'month', set: limits.find(isMain) }, ...others]
}

/** Finds the caps that apply to a request at a moment, and opens the periods that they count in. */
export const countingOf = async (
  tx: Executor,
  request: HoldRequest,
  at: number,
  newId: () => string,
): Promise<Counting> => {
  const { workspaceId, timeZone } = request
  const scopes = scopesOfRequest(request)
  const limits = await limitsOf(tx, { workspaceId, at }, scopes)
  const month = await openMonth(tx, { workspaceId, timeZone, at, id: newId() })
  const hasDay = limits.some(({ kind }) => kind === 'day')
  const day = hasDay ? await openDay(tx, { workspaceId, at, id: newId() }, month) : undefined
  const withReserve = mayUseReserve(request.receipt)
  const caps = placesOf(scopes, limits).map(({ scope, id, kind, set }): Applying => {
    const periodId = (kind === 'day' && day !== undefined ? day : month).id
    const usable = set === undefined ? null : usableOf(set, withReserve)
    return { place: { workspaceId, periodId, scope: { scope, id } }, kind, usable }
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
  for (const [index, { place, usable }] of caps.entries()) {
    if (await takeHold(tx, place, amount, usable)) continue
    await giveBack(tx, caps.slice(0, index), amount)
    return false
  }
  return true
}

/** Gives back what was taken under every cap. */
export const giveBackUnderAll = (tx: Executor, { caps }: Counting, amount: Picodollars): Promise<void> =>
  giveBack(tx, caps, amount)
