import { type Picodollars, pico, sum, zero } from '../../../shared/money.ts'
import type { ReportingProvider } from '../../../shared/providers.ts'
import type { Difference, DifferenceReason } from '../../../shared/statements/statements.ts'
import { costOf } from '../prices/cost.ts'
import { priceFor } from '../prices/models.ts'
import { isFinal } from './days.ts'
import type { Correction } from './estimates.ts'
import { asReported, type ComparedCall, type LostCall, minutesOf, tokensOf, usageSum } from './matching.ts'
import { type AgreedCall, noOwnEffect, type OwnEffect, receiptCost } from './own-prices.ts'
import type { ReportedMinute } from './reporting.ts'

/** What calls of the report would cost at our prices; a single one by its length, several at the plain rates. */
const costAt = (provider: ReportingProvider, { model, at, requests, usage }: ReportedMinute): Picodollars => {
  const entry = priceFor(provider, model, at)?.entry
  if (entry === undefined) return zero
  return costOf(requests === 1 ? entry : { ...entry, long: null }, usage, { multiplier: null }).total
}

/** No tokens at all. */
export const emptyUsage = usageSum([])

/** What our books say that calls cost. */
export const settledSum = (calls: readonly ComparedCall[]): Picodollars =>
  sum(calls.map(({ settled }) => settled))

/** Minutes that one unfound call of ours must be, since nothing else is there: the same call, with other tokens. */
export const tokenPairs = (unfound: readonly ComparedCall[], left: readonly ReportedMinute[]) => {
  const free = [...left]
  return unfound.flatMap((call) => {
    const index = free.findIndex(({ at, requests }) => requests === 1 && minutesOf(call).includes(at))
    const [minute] = index < 0 ? [] : free.splice(index, 1)
    return minute === undefined ? [] : [{ call, minute }]
  })
}

/** Whether the chain knows of as many lost calls at that time as the minute has. */
export const isLost = (minute: ReportedMinute, lost: readonly LostCall[]): boolean =>
  minute.requests > 0 &&
  lost.filter((call) => Math.abs(call.startedAt - minute.at) <= 5 * 60_000).length >= minute.requests

type Weight = { readonly requests: number; readonly tokens: number; readonly amount: Picodollars }

/** A difference, unless there is nothing to it. */
export const difference = (reason: DifferenceReason, { requests, tokens, amount }: Weight): Difference[] =>
  requests === 0 && tokens === 0 && amount === 0n ? [] : [{ reason, requests, tokens, amount }]

/** Requests, tokens and dollars at our prices of minutes of a report. */
export const weightOf = (provider: ReportingProvider, minutes: readonly ReportedMinute[]): Weight => ({
  requests: minutes.reduce((total, { requests }) => total + requests, 0),
  tokens: minutes.reduce((total, { usage }) => total + tokensOf(usage), 0),
  amount: sum(minutes.map((minute) => costAt(provider, minute))),
})

const less = (one: Picodollars, other: Picodollars): Picodollars => pico(one - other)

/** Estimates that the report does not resolve. */
export const openDifference = (
  provider: ReportingProvider,
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

/** What corrections changed. */
export const correctedDifference = (corrections: readonly Correction[]): Difference[] =>
  difference('estimate-corrected', {
    requests: corrections.length,
    tokens: corrections.reduce((total, { usage }) => total + tokensOf(usage), 0),
    amount: less(
      sum(corrections.map(({ amount }) => amount)),
      settledSum(corrections.map(({ call }) => call)),
    ),
  })

type Pairs = ReturnType<typeof tokenPairs>

/** The calls of pairs, with the report's tokens. */
export const agreedIn = (pairs: Pairs): readonly AgreedCall[] =>
  pairs.map(({ call, minute }) => ({ call, usage: minute.usage }))

/** What the report's tokens of pairs cost at the prices of our receipts. */
export const pairCost = (pairs: Pairs): Picodollars => sum(agreedIn(pairs).map(receiptCost))

/** Calls of which the report has other tokens. */
export const pairDifference = (pairs: Pairs): Difference[] => {
  const reported = usageSum(pairs.map(({ minute }) => minute.usage))
  const ours = usageSum(pairs.map(({ call }) => asReported(call.usage ?? emptyUsage)))
  return difference('tokens', {
    requests: pairs.length,
    tokens: tokensOf(reported) - tokensOf(ours),
    amount: less(pairCost(pairs), settledSum(pairs.map(({ call }) => call))),
  })
}

/** Calls of ours that the report does not have. */
export const absentDifference = (now: number, day: number, calls: readonly ComparedCall[]): Difference[] =>
  difference(isFinal(day, now) ? 'missing' : 'late-arrival', {
    requests: -calls.length,
    tokens: -tokensOf(usageSum(calls.map(({ usage }) => asReported(usage ?? emptyUsage)))),
    amount: less(zero, settledSum(calls)),
  })

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

const dollarsAlone = (reason: DifferenceReason, amount: Picodollars): Difference[] =>
  difference(reason, { requests: 0, tokens: 0, amount })

/**
 * Dollars that the tokens and the prices of our receipts do not explain. Where own prices bring the receipts away from the provider's list, and
 * the report is by that list, they are the reason. Before the day is final, costs that are not there at all may still come.
 */
export const priceDifference = (
  { now, tolerance }: { readonly now: number; readonly tolerance: Picodollars },
  day: number,
  reported: Picodollars | undefined,
  explained: Picodollars,
  own: OwnEffect = noOwnEffect,
): Difference[] => {
  const amount = less(reported ?? zero, explained)
  if (size(amount) <= tolerance) return []
  if (reported === undefined) return dollarsAlone(isFinal(day, now) ? 'price' : 'late-arrival', amount)
  if (own.marks.length === 0) return dollarsAlone('price', amount)
  const rest = less(amount, own.amount ?? amount)
  if (size(rest) >= size(amount)) return dollarsAlone('price', amount)
  const unexplained = size(rest) <= tolerance ? zero : rest
  const byOwn = dollarsAlone('own-price', less(amount, unexplained))
  return [...byOwn.map((one) => ({ ...one, own: [...own.marks] })), ...dollarsAlone('price', unexplained)]
}
