import { costOf as costOfTokens, type Picodollars, sum } from '../../../shared/money.ts'
import { buckets, type Usage } from '../../../shared/providers.ts'
import type { ReceiptLine } from '../../../shared/receipts.ts'
import { times } from './multiplier.ts'
import { eachRate, perMillion, type RatedEntry, type Rates } from './prices.ts'

/** An exact price of some usage, with the formula's lines; the lines' amounts add up to `total`. */
type Cost = { readonly total: Picodollars; readonly lines: readonly ReceiptLine[] }

/** All tokens that the provider read: fresh, from its cache and into its cache. */
export const inputTokens = (usage: Usage): number =>
  usage.freshInput + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite30m + usage.cacheWrite1h

/** All tokens that the provider wrote, visible and hidden. */
export const outputTokens = (usage: Usage): number => usage.output + usage.reasoning

/** Whether a request with this usage has the prices over the long-context threshold. */
export const isLong = ({ long }: RatedEntry, usage: Usage): boolean =>
  long !== null && inputTokens(usage) > long.overInputTokens

const ratesFor = (entry: RatedEntry, usage: Usage): Rates =>
  entry.long !== null && isLong(entry, usage) ? entry.long.rates : entry.rates

/**
 * What `usage` costs at `entry`: tokens × rate × multiplier per kind, nothing rounded. Over the long-context threshold the
 * whole request has the dearer rates.
 */
export const costOf = (entry: RatedEntry, usage: Usage, options: { multiplier: string | null }): Cost => {
  const rates = eachRate(ratesFor(entry, usage), (rate) => times(rate, options.multiplier))
  const lines = buckets
    .filter((bucket) => usage[bucket] > 0)
    .map((bucket) => ({
      bucket,
      tokens: usage[bucket],
      perMillion: perMillion(rates[bucket]),
      amount: costOfTokens(usage[bucket], rates[bucket]),
    }))
  return { total: sum(lines.map(({ amount }) => amount)), lines }
}
