import { type Picodollars, sum, zero } from '../../../shared/money.ts'
import type { ReportingProvider, Usage } from '../../../shared/providers.ts'
import type { Counted, Difference } from '../../../shared/statements/statements.ts'
import { profileOf } from '../prices/models.ts'
import { isFinal } from './days.ts'
import {
  absentDifference,
  agreedIn,
  correctedDifference,
  difference,
  emptyUsage,
  isLost,
  openDifference,
  pairCost,
  pairDifference,
  priceDifference,
  settledSum,
  tokenPairs,
  weightOf,
} from './differences.ts'
import { type Correction, type Resolved, resolveEstimates } from './estimates.ts'
import {
  asReported,
  type ComparedCall,
  dayStart,
  type LostCall,
  type Matching,
  matchCalls,
  tokensOf,
  usageSum,
} from './matching.ts'
import { ownEffect } from './own-prices.ts'
import type { Report, ReportedMinute } from './reporting.ts'

/** What is compared: the report of the days from `from` to before `to` (ms), and our calls of the same keys, some of the day before as well. */
export type Compare = {
  readonly provider: ReportingProvider
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
export const modelIdIn = (provider: ReportingProvider, model: string): string =>
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

/** Everything about one day, sorted by what it is. */
const sortedDay = ({ matching, resolved, minutes, amounts, lost }: Sorted, day: number) => {
  const unfound = matching.unfound.filter(startedOn(day))
  const left = resolved.left.filter(ofDay(day))
  const pairs = tokenPairs(unfound, left)
  const surplus = left.filter((minute) => pairs.every((pair) => pair.minute !== minute))
  const gone = surplus.filter((minute) => isLost(minute, lost))
  return {
    day,
    found: matching.found.filter(ofDay(day)).map(({ call }) => call),
    unfound,
    pairs,
    absent: unfound.filter((call) => pairs.every((pair) => pair.call !== call)),
    gone,
    foreign: surplus.filter((minute) => !gone.includes(minute)),
    corrections: resolved.corrections.filter(ofDay(day)),
    open: resolved.open.filter(startedOn(day)),
    claimed: resolved.claimed.filter(ofDay(day)),
    shown: minutes.filter(ofDay(day)),
    reported: amounts.get(day),
  }
}

type Day = ReturnType<typeof sortedDay>

const correctedSum = ({ corrections }: Day): Picodollars => sum(corrections.map(({ amount }) => amount))

const oursOn = (of: Day): Counted => {
  const { found, unfound, corrections, open } = of
  const exact = [...found, ...unfound]
  const usages = [
    ...exact.map(({ usage }) => asReported(usage ?? emptyUsage)),
    ...corrections.map(({ usage }) => usage),
  ]
  const billed = corrections.filter(({ usage }) => tokensOf(usage) > 0)
  const requests = exact.length + billed.length + open.length
  return counted(requests, usageSum(usages), sum([settledSum(exact), settledSum(open), correctedSum(of)]))
}

const reportedOn = (provider: ReportingProvider, { shown, reported }: Day): Counted =>
  counted(weightOf(provider, shown).requests, usageSum(shown.map(({ usage }) => usage)), reported ?? zero)

/** Why the dollars differ where the tokens are the same. */
const pricesOn = (compare: Compare, of: Day): readonly Difference[] => {
  const { day, found, corrections, pairs, gone, foreign, claimed, reported } = of
  const explained = sum([
    settledSum(found),
    correctedSum(of),
    pairCost(pairs),
    weightOf(compare.provider, [...claimed, ...gone, ...foreign]).amount,
  ])
  const own = ownEffect(compare.provider, [
    ...found.map((call) => ({ call, usage: call.usage ?? emptyUsage })),
    ...corrections,
    ...agreedIn(pairs),
  ])
  return priceDifference(compare, day, reported, explained, own)
}

/** The row of one day. The amounts of its differences, corrections aside, add up to what the report is above our books. */
const rowOf = (
  sorted: Sorted,
  place: Pick<ComparedRow, 'providerKeyId' | 'model'>,
  day: number,
): ComparedRow => {
  const { compare } = sorted
  const { provider } = compare
  const of = sortedDay(sorted, day)
  return {
    ...place,
    day,
    ours: oursOn(of),
    reported: reportedOn(provider, of),
    differences: [
      ...difference('foreign-use', weightOf(provider, of.foreign)),
      ...difference('lost-receipt', weightOf(provider, of.gone)),
      ...absentDifference(compare.now, day, of.absent),
      ...pairDifference(of.pairs),
      ...openDifference(provider, of.claimed, of.open),
      ...pricesOn(compare, of),
      ...correctedDifference(of.corrections),
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
