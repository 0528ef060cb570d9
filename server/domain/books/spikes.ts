import { dollars, type Picodollars, pico, zero } from '../../../shared/money.ts'
import type { SpendNotice } from '../../../shared/spend.ts'

/** Amounts by calendar day (YYYY-MM-DD) of one scope; a day that is not in it cost nothing. */
export type Series = ReadonlyMap<string, Picodollars>

/** Days before a day that are its history: four whole weeks, so that every day of the week is in it equally often. */
export const HISTORY_DAYS = 28
/** Days with any cost below which there is no history to judge by; and those among them that are of the same kind, working days or weekend. */
const LEAST_DAYS = 7
const LEAST_OF_KIND = 5
/** How far above the usual is out of the ordinary: this many times, and by this many times the usual deviation. */
const TIMES_USUAL = 3n
const TIMES_DEVIATION = 9n
/** Excess over the usual that is worth telling anybody. */
const FLOOR = dollars('1')

const SATURDAY = 6

const isWeekend = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek >= SATURDAY

const ascending = (amounts: readonly bigint[]): readonly bigint[] =>
  amounts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))

/** The lower of the two in the middle of an even number, so that it is one of them. */
const median = (amounts: readonly bigint[]): bigint =>
  ascending(amounts)[Math.floor((amounts.length - 1) / 2)] ?? 0n

const distance = (one: bigint, other: bigint): bigint => (one < other ? other - one : one - other)

const largest = (amounts: readonly bigint[]): bigint => ascending(amounts).at(-1) ?? 0n

/** What a day of this kind usually costs, and above which amount it is out of the ordinary. */
export type Usual = { readonly usual: Picodollars; readonly limit: Picodollars }

/** The statistic alone, of the days that it is about: their median, and the largest of the limits. Twice the amounts give twice of both. */
export const usualOf = (amounts: readonly Picodollars[]): Usual => {
  const usual = median(amounts)
  const deviation = median(amounts.map((amount) => distance(amount, usual)))
  const allButOne = ascending(amounts).at(-2) ?? 0n
  return {
    usual: pico(usual),
    limit: pico(largest([usual * TIMES_USUAL, usual + TIMES_DEVIATION * deviation, allButOne])),
  }
}

const usedDaysBefore = (series: Series, day: string): readonly (readonly [string, Picodollars])[] => {
  const first = Temporal.PlainDate.from(day).subtract({ days: HISTORY_DAYS }).toString()
  return [...series].filter(([other, amount]) => other >= first && other < day && amount > zero)
}

/**
 * What is usual for a day, from the 28 days before it; undefined while there is too little to judge by.
 *
 * The statistic: median and MAD (the median of the distances from the median) of the days **on which anything was spent and that are of
 * the same kind**, Monday to Friday or weekend: at least 5 such days, and at least 7 of both kinds. A day is out of the ordinary above the largest of
 * three times the median, the median plus 9 MAD (about 6 standard deviations of a normal distribution) and all days of the history but one; and
 * when the excess over the median is at least $1.
 *
 * Why so: median and MAD are robust, so one big day neither alarms again by itself nor hides the next. Days without use are no history: a
 * weekend without work, a holiday or a member who was away make nobody's return a spike. Three times the median keeps a series that hardly varies,
 * whose MAD is nearly zero, and a team that grows from alarming; the kind of day keeps the busy weekends of a shop from it; "all but one"
 * keeps it from what chance makes of few days. The price: the first week of a scope, its first weekends, and its return after four weeks
 * of nothing are not judged; and a rise that takes weeks is never a spike: the comparison with the month before shows it.
 */
export const usualFor = (series: Series, day: string): Usual | undefined => {
  const used = usedDaysBefore(series, day)
  const alike = used.filter(([other]) => isWeekend(other) === isWeekend(day))
  if (used.length < LEAST_DAYS || alike.length < LEAST_OF_KIND) return undefined
  const { usual, limit } = usualOf(alike.map(([, amount]) => amount))
  return { usual, limit: pico(largest([limit, usual + FLOOR])) }
}

type Spike = Extract<SpendNotice, { kind: 'spike' }>

/** A series and what it is of. */
export type Scoped = Pick<Spike, 'scope' | 'id' | 'name'> & { readonly series: Series }

const spikeOn = ({ series, ...of }: Scoped, day: string, amount: Picodollars): Spike | undefined => {
  if (!mayDepart(amount)) return undefined
  const judged = usualFor(series, day)
  return judged === undefined || amount <= judged.limit
    ? undefined
    : { kind: 'spike', ...of, day, amount, ...judged }
}

/** Whether a day on which all scopes together cost this much can have a spike in any of them. */
export const mayDepart = (amount: Picodollars): boolean => amount >= FLOOR

/** The days from `from` to `to`, both included, on which a series departs upward from its own history. */
export const spikesOf = (
  scoped: Scoped,
  { from, to }: { readonly from: string; readonly to: string },
): Spike[] =>
  [...scoped.series].flatMap(([day, amount]) => {
    const spike = day >= from && day <= to ? spikeOn(scoped, day, amount) : undefined
    return spike === undefined ? [] : [spike]
  })
