import { type Picodollars, pico, sum, zero } from '../../../shared/money.ts'
import type { ProviderName, Usage } from '../../../shared/providers.ts'
import type { Counted, Difference, DifferenceReason } from '../../../shared/statements/statements.ts'
import { costOf } from '../prices/cost.ts'
import { priceFor, profileOf } from '../prices/models.ts'
import { type Correction, type Resolved, resolveEstimates } from './estimates.ts'
import {
  asReported,
  type ComparedCall,
  dayStart,
  type Matching,
  matchCalls,
  minutesOf,
  tokensOf,
  usageSum,
} from './matching.ts'
import type { Report, ReportedMinute } from './reporting.ts'

const DAY_MS = 86_400_000
/** A day (UTC) is closed this long after its end: reports are some hours behind. */
export const CLOSED_AFTER_MS = 6 * 3_600_000
/** What a report lacks this long after a day's end is missing for good. */
export const FINAL_AFTER_MS = 72 * 3_600_000

/** Whether a day's report is complete enough to be compared. */
export const isClosed = (day: number, now: number): boolean => now >= day + DAY_MS + CLOSED_AFTER_MS

/** Whether a day's report gets no more calls. */
export const isFinal = (day: number, now: number): boolean => now >= day + DAY_MS + FINAL_AFTER_MS

/** A call that the chain says was made, and whose receipt is gone. */
export type LostCall = Pick<ComparedCall, 'providerKeyId' | 'model' | 'startedAt'>

/** What is compared: the report of the days from `from` to before `to` (ms), and our calls of the same keys, some of the day before as well. */
export type Compare = {
  readonly provider: ProviderName
  readonly from: number
  readonly to: number
  readonly now: number
  readonly tolerance: Picodollars
  readonly calls: readonly ComparedCall[]
  readonly lost: readonly LostCall[]
  readonly report: Report
}

/** A row of a statement by the provider's id of the key. `day`: its first millisecond. */
export type ComparedRow = {
  readonly providerKeyId: string
  readonly model: string
  readonly day: number
  readonly ours: Counted
  readonly reported: Counted
  readonly differences: readonly Difference[]
}

type Comparing = { readonly rows: readonly ComparedRow[]; readonly corrections: readonly Correction[] }

/** The catalogue's id of a model, so that a dated one and its alias are the same. */
export const modelIdIn = (provider: ProviderName, model: string): string =>
  profileOf(provider, model)?.id ?? model

const placeOf = ({ providerKeyId, model }: Pick<ComparedRow, 'providerKeyId' | 'model'>): string =>
  JSON.stringify([providerKeyId, model])

/** A minute's entries of one model under several names, together. */
const merged = (minutes: readonly ReportedMinute[]): readonly ReportedMinute[] =>
  [...Map.groupBy(minutes, ({ at }) => at).values()].flatMap((some) => {
    const [first] = some
    const requests = some.reduce((total, minute) => total + minute.requests, 0)
    return first === undefined
      ? []
      : [{ ...first, requests, usage: usageSum(some.map(({ usage }) => usage)) }]
  })

/** What calls of the report would cost at our prices; a single one by its length, several at the plain rates. */
const costAt = (provider: ProviderName, { model, at, requests, usage }: ReportedMinute): Picodollars => {
  const entry = priceFor(provider, model, at)?.entry
  if (entry === undefined) return zero
  return costOf(requests === 1 ? entry : { ...entry, long: null }, usage, { multiplier: null }).total
}

const counted = (requests: number, usage: Usage, amount: Picodollars): Counted => {
  const { reasoning: _, ...tokens } = usage
  return { requests, ...tokens, amount }
}

/** Everything about one key and model, over all days. */
type Sorted = {
  readonly compare: Compare
  readonly matching: Matching
  readonly resolved: Resolved
  readonly minutes: readonly ReportedMinute[]
  readonly amounts: ReadonlyMap<number, Picodollars>
  readonly lost: readonly LostCall[]
}

const ofDay =
  (day: number) =>
  ({ at }: { readonly at: number }): boolean =>
    dayStart(at) === day

const startedOn =
  (day: number) =>
  ({ startedAt }: { readonly startedAt: number }): boolean =>
    dayStart(startedAt) === day

const settledSum = (calls: readonly ComparedCall[]): Picodollars => sum(calls.map(({ settled }) => settled))

/** Minutes that one unfound call of ours must be, since nothing else is there: the same call, with other tokens. */
const tokenPairs = (unfound: readonly ComparedCall[], left: readonly ReportedMinute[]) => {
  const free = [...left]
  return unfound.flatMap((call) => {
    const index = free.findIndex(({ at, requests }) => requests === 1 && minutesOf(call).includes(at))
    const [minute] = index < 0 ? [] : free.splice(index, 1)
    return minute === undefined ? [] : [{ call, minute }]
  })
}

const isLost = (minute: ReportedMinute, lost: readonly LostCall[]): boolean =>
  lost.filter((call) => Math.abs(call.startedAt - minute.at) <= 5 * 60_000).length >= minute.requests

type Weight = { readonly requests: number; readonly tokens: number; readonly amount: Picodollars }

const difference = (reason: DifferenceReason, { requests, tokens, amount }: Weight): Difference[] =>
  requests === 0 && tokens === 0 && amount === 0n ? [] : [{ reason, requests, tokens, amount }]

const weightOf = (provider: ProviderName, minutes: readonly ReportedMinute[]): Weight => ({
  requests: minutes.reduce((total, { requests }) => total + requests, 0),
  tokens: minutes.reduce((total, { usage }) => total + tokensOf(usage), 0),
  amount: sum(minutes.map((minute) => costAt(provider, minute))),
})

const less = (one: Picodollars, other: Picodollars): Picodollars => pico(one - other)

const openDifference = (
  provider: ProviderName,
  claimed: readonly ReportedMinute[],
  open: readonly ComparedCall[],
) => {
  const { tokens, amount } = weightOf(provider, claimed)
  return difference('estimate-open', {
    requests: open.length,
    tokens,
    amount: less(amount, settledSum(open)),
  })
}

const correctedDifference = (corrections: readonly Correction[]): Difference[] =>
  difference('estimate-corrected', {
    requests: corrections.length,
    tokens: corrections.reduce((total, { usage }) => total + tokensOf(usage), 0),
    amount: less(
      sum(corrections.map(({ amount }) => amount)),
      settledSum(corrections.map(({ call }) => call)),
    ),
  })

const pairDifference = (provider: ProviderName, pairs: ReturnType<typeof tokenPairs>): Difference[] => {
  const reported = weightOf(
    provider,
    pairs.map(({ minute }) => minute),
  )
  const ours = usageSum(pairs.map(({ call }) => asReported(call.usage ?? emptyUsage)))
  return difference('tokens', {
    requests: pairs.length,
    tokens: reported.tokens - tokensOf(ours),
    amount: less(reported.amount, settledSum(pairs.map(({ call }) => call))),
  })
}

const emptyUsage = usageSum([])

const absentDifference = ({ now }: Compare, day: number, calls: readonly ComparedCall[]): Difference[] =>
  difference(isFinal(day, now) ? 'missing' : 'late-arrival', {
    requests: -calls.length,
    tokens: -tokensOf(usageSum(calls.map(({ usage }) => asReported(usage ?? emptyUsage)))),
    amount: less(zero, settledSum(calls)),
  })

/** Dollars that tokens do not explain. Before the day is final, costs that are not there at all may still come. */
const priceDifference = (
  { now, tolerance }: Compare,
  day: number,
  reported: Picodollars | undefined,
  explained: Picodollars,
): Difference[] => {
  const amount = less(reported ?? zero, explained)
  if (amount <= tolerance && -amount <= tolerance) return []
  const reason = reported === undefined && !isFinal(day, now) ? 'late-arrival' : 'price'
  return difference(reason, { requests: 0, tokens: 0, amount })
}

/** The row of one day. The amounts of its differences, corrections aside, add up to what the report is above our books. */
const rowOf = (
  sorted: Sorted,
  place: Pick<ComparedRow, 'providerKeyId' | 'model'>,
  day: number,
): ComparedRow => {
  const { compare, matching, resolved, minutes, amounts, lost } = sorted
  const { provider } = compare
  const found = matching.found.filter(ofDay(day)).map(({ call }) => call)
  const unfound = matching.unfound.filter(startedOn(day))
  const corrections = resolved.corrections.filter(ofDay(day))
  const open = resolved.open.filter(startedOn(day))
  const claimed = resolved.claimed.filter(ofDay(day))
  const left = resolved.left.filter(ofDay(day))
  const pairs = tokenPairs(unfound, left)
  const surplus = left.filter((minute) => pairs.every((pair) => pair.minute !== minute))
  const absent = unfound.filter((call) => pairs.every((pair) => pair.call !== call))
  const gone = surplus.filter((minute) => isLost(minute, lost))
  const foreign = surplus.filter((minute) => !gone.includes(minute))
  const exact = [...found, ...unfound]
  const usages = [
    ...exact.map(({ usage }) => asReported(usage ?? emptyUsage)),
    ...corrections.map(({ usage }) => usage),
  ]
  const settled = [settledSum(exact), settledSum(open), sum(corrections.map(({ amount }) => amount))]
  const shown = minutes.filter(ofDay(day))
  const reported = amounts.get(day)
  const explained = sum([
    settledSum(found),
    sum(corrections.map(({ amount }) => amount)),
    weightOf(provider, [...claimed, ...left]).amount,
  ])
  const billed = corrections.filter(({ usage }) => tokensOf(usage) > 0)
  return {
    ...place,
    day,
    ours: counted(exact.length + billed.length + open.length, usageSum(usages), sum(settled)),
    reported: counted(
      weightOf(provider, shown).requests,
      usageSum(shown.map(({ usage }) => usage)),
      reported ?? zero,
    ),
    differences: [
      ...difference('foreign-use', weightOf(provider, foreign)),
      ...difference('lost-receipt', weightOf(provider, gone)),
      ...absentDifference(compare, day, absent),
      ...pairDifference(provider, pairs),
      ...openDifference(provider, claimed, open),
      ...priceDifference(compare, day, reported, explained),
      ...correctedDifference(corrections),
    ],
  }
}

const daysOf = ({ compare, matching, resolved, minutes, amounts }: Sorted): readonly number[] => {
  const days = [
    ...matching.found.map(({ at }) => at),
    ...[...matching.unfound, ...resolved.open].map(({ startedAt }) => startedAt),
    ...resolved.corrections.map(({ at }) => at),
    ...minutes.map(({ at }) => at),
    ...amounts.keys(),
  ].map(dayStart)
  return [...new Set(days)].filter((day) => day >= compare.from && day < compare.to).toSorted((a, b) => a - b)
}

const amountsByDay = (report: Report): ReadonlyMap<number, Picodollars> =>
  new Map(
    [...Map.groupBy(report.amounts, ({ at }) => dayStart(at))].map(([day, some]) => [
      day,
      sum(some.map(({ amount }) => amount)),
    ]),
  )

type Part = Pick<Compare, 'calls' | 'lost' | 'report'>

const comparePart = (compare: Compare, { calls, lost, report }: Part): Sorted => {
  const minutes = merged(report.minutes)
  const matched = matchCalls(
    calls.filter(({ usage }) => usage !== null),
    minutes,
  )
  const inRange = ({ startedAt }: ComparedCall): boolean => startedAt >= compare.from
  const matching = { ...matched, unfound: matched.unfound.filter(inRange) }
  const resolved = resolveEstimates(
    calls.filter((call) => call.usage === null && inRange(call)),
    { ...matching, isFinal: (day) => isFinal(day, compare.now) },
  )
  return { compare, matching, resolved, minutes, amounts: amountsByDay(report), lost }
}

/** Calls, report and lost calls by key and model, each model under the catalogue's id. */
const partsOf = ({ provider, calls, lost, report }: Compare): ReadonlyMap<string, Part> => {
  const known = <Entry extends { readonly model: string }>(entry: Entry): Entry => ({
    ...entry,
    model: modelIdIn(provider, entry.model),
  })
  const byPlace = {
    calls: Map.groupBy(calls.map(known), placeOf),
    lost: Map.groupBy(lost.map(known), placeOf),
    minutes: Map.groupBy(report.minutes.map(known), placeOf),
    amounts: Map.groupBy(report.amounts.map(known), placeOf),
  }
  const places = new Set([...byPlace.calls.keys(), ...byPlace.minutes.keys(), ...byPlace.amounts.keys()])
  return new Map(
    [...places].map((place) => [
      place,
      {
        calls: byPlace.calls.get(place) ?? [],
        lost: byPlace.lost.get(place) ?? [],
        report: { minutes: byPlace.minutes.get(place) ?? [], amounts: byPlace.amounts.get(place) ?? [] },
      },
    ]),
  )
}

const identityOf = ({ calls, report }: Part) => {
  const [one] = [...calls, ...report.minutes, ...report.amounts]
  return { providerKeyId: one?.providerKeyId ?? '', model: one?.model ?? '' }
}

/**
 * Compares our calls with a provider's report, by key, model and day (UTC). Calls are looked for in the report's minutes only on days whose sums
 * differ. An estimate is corrected where the report can mean no other call.
 */
export const compareReport = (compare: Compare): Comparing => {
  const parts = [...partsOf(compare).values()]
  const sorted = parts.map((part) => ({ part, result: comparePart(compare, part) }))
  return {
    rows: sorted.flatMap(({ part, result }) =>
      daysOf(result).map((day) => rowOf(result, identityOf(part), day)),
    ),
    corrections: sorted.flatMap(({ result }) => result.resolved.corrections),
  }
}
