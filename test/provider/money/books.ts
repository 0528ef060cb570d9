import type { ProviderName, Usage } from '../../../shared/providers.ts'
import { type Model, ratesOf } from './catalogue.ts'

/** One inference request in the simulator's books: what a real provider would have billed, to the picodollar. */
export type BookedCall = {
  readonly id: string
  readonly provider: ProviderName
  readonly model: string
  /** The last four characters of the key. */
  readonly keyHint: string
  readonly behaviour: string
  readonly ended: 'whole' | 'cut' | 'refused'
  /** The usage as it was sent, in the provider's own form; undefined if it was not. */
  readonly sent: unknown
  readonly buckets: Usage
  readonly picodollars: bigint
  readonly at: number
}

const PICODOLLARS_PER_TOKEN_AT_ONE_DOLLAR_A_MILLION = 1_000_000

const perToken = (dollarsPerMillion: number): bigint => {
  const exact = dollarsPerMillion * PICODOLLARS_PER_TOKEN_AT_ONE_DOLLAR_A_MILLION
  const whole = Math.round(exact)
  if (Math.abs(exact - whole) > 1e-6)
    throw new Error(`not a whole number of picodollars: ${dollarsPerMillion}`)
  return BigInt(whole)
}

const inputOf = (usage: Usage): number =>
  usage.freshInput + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite30m + usage.cacheWrite1h

/** What the usage costs, exact. `usOnly`: it was served in the United States alone, which some models charge more for. */
export const priceOf = (model: Model, usage: Usage, at: number, usOnly: boolean): bigint => {
  const rates = ratesOf(model, at, inputOf(usage))
  const lines: readonly (readonly [number, number])[] = [
    [usage.freshInput, rates.input],
    [usage.cacheRead, rates.cache_read ?? rates.input],
    [usage.cacheWrite5m, rates.cache_write_5m ?? rates.input],
    [usage.cacheWrite30m, rates.cache_write ?? rates.input],
    [usage.cacheWrite1h, rates.cache_write_1h ?? rates.input],
    [usage.output + usage.reasoning, rates.output],
  ]
  const plain = lines.reduce((sum, [tokens, rate]) => sum + BigInt(tokens) * perToken(rate), 0n)
  const tenths = usOnly ? BigInt(Math.round((model.geo_us_multiplier ?? 1) * 10)) : 10n
  return (plain * tenths) / 10n
}
