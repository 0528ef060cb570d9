import { type Picodollars, zero } from '../../../shared/money.ts'
import { noUsage, type Usage } from '../../../shared/providers.ts'
import { costOf } from '../prices/cost.ts'
import { type ComparedCall, dayStart, type Matching, minutesOf } from './matching.ts'
import type { ReportedMinute } from './reporting.ts'

/** An estimated call of which the report shows what it really was. */
export type Correction = {
  readonly call: ComparedCall
  /** The minute of the report that shows it; its start where the report has nothing at all. */
  readonly at: number
  readonly usage: Usage
  readonly amount: Picodollars
}

/** Estimates that were resolved, those that stay, and what of the report nobody claims. */
export type Resolved = {
  readonly corrections: readonly Correction[]
  readonly open: readonly ComparedCall[]
  /** Minutes that may belong to an open estimate. */
  readonly claimed: readonly ReportedMinute[]
  readonly left: readonly ReportedMinute[]
}

/** What the estimates of one key and model are to be read against. `isFinal`: whether a day's report gets no more calls. */
export type Evidence = Pick<Matching, 'unfound' | 'left'> & {
  readonly isFinal: (day: number) => boolean
}

const mayBe = (call: ComparedCall, { at }: Pick<ReportedMinute, 'at'>): boolean =>
  minutesOf(call).includes(at)

/** The one call in the report that can be this estimate, if no other call of ours can be it as well, it fits under what was held, and we know what it costs. */
const shownBy = (
  call: ComparedCall,
  { unfound, left }: Evidence,
  others: readonly ComparedCall[],
): Correction | undefined => {
  const minutes = left.filter((minute) => mayBe(call, minute))
  const [minute] = minutes
  if (minute === undefined || minutes.length > 1 || minute.requests !== 1) return undefined
  if (call.entry.own?.kind === 'ceiling') return undefined
  if ([...unfound, ...others].some((other) => mayBe(other, minute))) return undefined
  const amount = costOf(call.entry, minute.usage, call).total
  return amount > call.held ? undefined : { call, at: minute.at, usage: minute.usage, amount }
}

/** A call that a final report does not have was not billed. Calls of ours that it lacks as well speak against believing it. */
const unbilled = (call: ComparedCall, { unfound, left, isFinal }: Evidence): Correction | undefined => {
  const isThere = left.some((minute) => mayBe(call, minute))
  if (isThere || unfound.length > 0 || !isFinal(dayStart(call.startedAt))) return undefined
  return { call, at: call.startedAt, usage: noUsage, amount: zero }
}

/** Sets estimates to what the report shows, where it can mean no other call. */
export const resolveEstimates = (estimates: readonly ComparedCall[], evidence: Evidence): Resolved => {
  const corrections = estimates.flatMap((call) => {
    const others = estimates.filter((other) => other !== call)
    return shownBy(call, evidence, others) ?? unbilled(call, evidence) ?? []
  })
  const shown = new Set(corrections.filter(({ usage }) => usage !== noUsage).map(({ at }) => at))
  const open = estimates.filter((call) => corrections.every((correction) => correction.call !== call))
  const rest = evidence.left.filter(({ at }) => !shown.has(at))
  const isClaimed = (minute: ReportedMinute): boolean => open.some((call) => mayBe(call, minute))
  return {
    corrections,
    open,
    claimed: rest.filter(isClaimed),
    left: rest.filter((minute) => !isClaimed(minute)),
  }
}
