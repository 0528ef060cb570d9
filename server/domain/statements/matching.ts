import type { Picodollars } from '../../../shared/money.ts'
import { noUsage, type Usage } from '../../../shared/providers.ts'
import type { RatedEntry } from '../prices/prices.ts'
import type { ReportedMinute } from './reporting.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** No call lasts longer; an attempt that nobody ended was closed long after its call. */
const LONGEST_CALL_MS = 5 * MINUTE_MS

/** One of our calls as a report may know it. `model` is the catalogue's id; `endedAt` (ms) is when we last heard of it. */
export type ComparedCall = {
  readonly attemptId: string
  readonly providerKeyId: string
  readonly model: string
  readonly startedAt: number
  readonly endedAt: number
  /** Null: its tokens are an estimate. Under a ceiling they are known, and only the price is not. */
  readonly usage: Usage | null
  readonly settled: Picodollars
  readonly held: Picodollars
  readonly entry: RatedEntry
  readonly multiplier: string | null
}

/** A call that the chain says was made, and whose receipt is gone. */
export type LostCall = Pick<ComparedCall, 'providerKeyId' | 'model' | 'startedAt'>

/** The kinds of tokens that a report tells apart, in the order of our buckets. */
export const reportedKinds = [
  'freshInput',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite30m',
  'cacheWrite1h',
  'output',
] as const

/** Usage as a report counts it: what a model thinks is output. */
export const asReported = (usage: Usage): Usage => ({
  ...usage,
  output: usage.output + usage.reasoning,
  reasoning: 0,
})

/** All tokens. */
export const tokensOf = (usage: Usage): number => reportedKinds.reduce((sum, kind) => sum + usage[kind], 0)

const combined = (one: Usage, other: Usage, sign: 1 | -1): Usage => {
  const result = { ...noUsage }
  for (const kind of reportedKinds) result[kind] = one[kind] + sign * other[kind]
  return result
}

/** Tokens of several usages together. */
export const usageSum = (usages: readonly Usage[]): Usage =>
  usages.reduce((sum, usage) => combined(sum, usage, 1), noUsage)

/** The first millisecond of a moment's day (UTC). */
export const dayStart = (at: number): number => at - (at % DAY_MS)

const minuteStart = (at: number): number => at - (at % MINUTE_MS)

/** The minutes in which a provider may have counted a call, the likeliest first: by its start or its end, whose clocks may be a minute apart. */
export const minutesOf = (
  { startedAt, endedAt }: ComparedCall,
  first: 'start' | 'end' = 'start',
): number[] => {
  const [from, to] = [minuteStart(startedAt), minuteStart(Math.min(endedAt, startedAt + LONGEST_CALL_MS))]
  const inner: number[] = []
  for (let at = from; at <= to; at += MINUTE_MS) inner.push(at)
  return [...(first === 'start' ? inner : inner.toReversed()), from - MINUTE_MS, to + MINUTE_MS]
}

const isSame = (one: Usage, other: Usage): boolean => reportedKinds.every((kind) => one[kind] === other[kind])

/** Whether a minute can have a call: the last request of a minute leaves no token without one. */
const holds = (minute: ReportedMinute, usage: Usage): boolean =>
  minute.requests > 1
    ? reportedKinds.every((kind) => minute.usage[kind] >= usage[kind])
    : minute.requests === 1 && isSame(minute.usage, usage)

const without = (minute: ReportedMinute, usage: Usage): ReportedMinute => ({
  ...minute,
  requests: minute.requests - 1,
  usage: combined(minute.usage, usage, -1),
})

/** A call with exact usage, found in a minute of the report. */
export type Found = { readonly call: ComparedCall; readonly at: number }

/** How calls and report went together: what was found, the calls that were not, and what of the report no exact call explains. */
export type Matching = {
  readonly found: readonly Found[]
  readonly unfound: readonly ComparedCall[]
  readonly left: readonly ReportedMinute[]
}

const exactUsage = ({ usage }: ComparedCall): Usage => asReported(usage ?? noUsage)

const isEmpty = ({ requests, usage }: ReportedMinute): boolean => requests === 0 && tokensOf(usage) === 0

const matchOneByOne = (
  calls: readonly ComparedCall[],
  minutes: readonly ReportedMinute[],
  first: 'start' | 'end',
): Matching => {
  const left = new Map(minutes.map((minute) => [minute.at, minute]))
  const found: Found[] = []
  const unfound: ComparedCall[] = []
  for (const call of calls) {
    const usage = exactUsage(call)
    const minute = minutesOf(call, first)
      .flatMap((at) => left.get(at) ?? [])
      .find((one) => holds(one, usage))
    if (minute === undefined) unfound.push(call)
    else {
      found.push({ call, at: minute.at })
      left.set(minute.at, without(minute, usage))
    }
  }
  return { found, unfound, left: [...left.values()].filter((minute) => !isEmpty(minute)) }
}

/** Whether a day's calls and its report are the same in sum, so that nothing has to be told apart. */
const balances = (calls: readonly ComparedCall[], minutes: readonly ReportedMinute[]): boolean =>
  calls.length === minutes.reduce((sum, { requests }) => sum + requests, 0) &&
  isSame(usageSum(calls.map(exactUsage)), usageSum(minutes.map(({ usage }) => usage)))

/** Brings the calls of one key and model that have exact usage together with the report's minutes. Days that balance are not taken apart. */
export const matchCalls = (calls: readonly ComparedCall[], minutes: readonly ReportedMinute[]): Matching => {
  const callsByDay = Map.groupBy(calls, ({ startedAt }) => dayStart(startedAt))
  const minutesByDay = Map.groupBy(minutes, ({ at }) => dayStart(at))
  const even = new Set(
    [...callsByDay].filter(([day, some]) => balances(some, minutesByDay.get(day) ?? [])).map(([day]) => day),
  )
  const openCalls = calls
    .filter(({ startedAt }) => !even.has(dayStart(startedAt)))
    .toSorted((one, other) => one.startedAt - other.startedAt)
  const openMinutes = minutes.filter(({ at }) => !even.has(dayStart(at)))
  const byStart = matchOneByOne(openCalls, openMinutes, 'start')
  const byEnd = matchOneByOne(openCalls, openMinutes, 'end')
  const best = byEnd.unfound.length < byStart.unfound.length ? byEnd : byStart
  const evenCalls = calls.filter(({ startedAt }) => even.has(dayStart(startedAt)))
  return { ...best, found: [...evenCalls.map((call) => ({ call, at: call.startedAt })), ...best.found] }
}
