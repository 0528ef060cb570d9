import type { ProviderName, Usage } from '../../../shared/providers.ts'
import { type Model, ratesOf } from './catalogue.ts'

/** One inference request in the simulator's books: what a real provider would have billed, to the picodollar. */
export type BookedCall = {
  readonly id: string
  readonly provider: ProviderName
  readonly model: string
  /** The last four characters of the key. */
  readonly keyHint: string
  /** What the provider calls the key in its reports. */
  readonly keyId: string
  readonly behaviour: string
  readonly ended: 'whole' | 'cut' | 'refused'
  /** The usage as it was sent, in the provider's own form; undefined if it was not. */
  readonly sent: unknown
  readonly buckets: Usage
  readonly picodollars: bigint
  /** The same, by kind of token. */
  readonly costs: Costs
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

/** Picodollars by kind of token; what a model thinks is output like any other. */
export type Costs = Readonly<Record<Exclude<keyof Usage, 'reasoning'>, bigint>>

/** A call that cost nothing. */
export const noCosts: Costs = {
  freshInput: 0n,
  cacheRead: 0n,
  cacheWrite5m: 0n,
  cacheWrite30m: 0n,
  cacheWrite1h: 0n,
  output: 0n,
}

/** The total of all kinds. */
export const totalOf = (costs: Costs): bigint => Object.values(costs).reduce((sum, cost) => sum + cost, 0n)

const inputOf = (usage: Usage): number =>
  usage.freshInput + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite30m + usage.cacheWrite1h

/** What the usage costs by kind of token, exact. `usOnly`: it was served in the United States alone, which some models charge more for. */
export const costsOf = (model: Model, usage: Usage, at: number, usOnly: boolean): Costs => {
  const rates = ratesOf(model, at, inputOf(usage))
  const tenths = usOnly ? BigInt(Math.round((model.geo_us_multiplier ?? 1) * 10)) : 10n
  const cost = (tokens: number, rate: number | null | undefined): bigint =>
    (BigInt(tokens) * perToken(rate ?? rates.input) * tenths) / 10n
  return {
    freshInput: cost(usage.freshInput, rates.input),
    cacheRead: cost(usage.cacheRead, rates.cache_read),
    cacheWrite5m: cost(usage.cacheWrite5m, rates.cache_write_5m),
    cacheWrite30m: cost(usage.cacheWrite30m, rates.cache_write),
    cacheWrite1h: cost(usage.cacheWrite1h, rates.cache_write_1h),
    output: cost(usage.output + usage.reasoning, rates.output),
  }
}

/** What the usage costs altogether, exact. */
export const priceOf = (model: Model, usage: Usage, at: number, usOnly: boolean): bigint =>
  totalOf(costsOf(model, usage, at, usOnly))
