import { dollars, type Picodollars, pico } from '../../../shared/money.ts'
import { type Bucket, buckets } from '../../../shared/providers.ts'
import type { OwnMark, PriceEntry } from '../../../shared/receipts.ts'

/** Picodollars per token of every kind. A kind that the provider does not sell has the rate of the dearest kind of input, so that nothing is ever free. */
export type Rates = Readonly<Record<Bucket, Picodollars>>

/** Prices of the whole request, output included, once its input (fresh, read and written) is over the threshold. */
type LongTier = { readonly overInputTokens: number; readonly rates: Rates }

/**
 * A dated price: what a receipt stores to explain its amount for ever. `validFrom` is the first day, in UTC, that we price by it; where the
 * provider's own day is not known it is the day that our source vouches for.
 */
export type RatedEntry = Omit<PriceEntry, 'own'> & {
  readonly rates: Rates
  readonly long: LongTier | null
  /** Set where an admin's own price takes the place of the list. */
  readonly own?: OwnMark | undefined
}

/** Dollars per million tokens, as a provider lists them. `write` is OpenAI's kind of cache write, `write5m` and `write1h` are Anthropic's. */
export type Listed = {
  readonly input: string
  readonly cacheRead?: string
  readonly output: string
} & ({ readonly write5m: string; readonly write1h: string } | { readonly write?: string })

const MILLION = 1_000_000n

/** Dollars per million tokens as picodollars per token. Throws when that is not a whole number: a slip in the table. */
export const perToken = (perMillion: string): Picodollars => {
  const amount = dollars(perMillion)
  if (amount % MILLION !== 0n) throw new Error(`${perMillion} per million is no whole number of picodollars`)
  return pico(amount / MILLION)
}

/** Picodollars per token as a provider lists them: per million tokens. */
export const perMillion = (rate: Picodollars): Picodollars => pico(rate * MILLION)

/** Dollars per million tokens as picodollars per token; the caller vouches that it is whole. */
export const perMillionToRate = (amount: Picodollars): Picodollars => pico(amount / MILLION)

/** The dearest of some rates; 0 of none. */
export const dearest = (rates: readonly Picodollars[]): Picodollars =>
  pico(rates.reduce((most: bigint, rate) => (most > rate ? most : rate), 0n))

const writes = (listed: Listed): Pick<Rates, 'cacheWrite5m' | 'cacheWrite30m' | 'cacheWrite1h'> => {
  if ('write5m' in listed) {
    const cacheWrite1h = perToken(listed.write1h)
    return { cacheWrite5m: perToken(listed.write5m), cacheWrite30m: cacheWrite1h, cacheWrite1h }
  }
  const write = perToken(listed.write ?? listed.input)
  return { cacheWrite5m: write, cacheWrite30m: write, cacheWrite1h: write }
}

/** Rates from a provider's list. Without a price for cached input it costs plain input; reasoning costs output. */
export const ratesOf = (listed: Listed): Rates => ({
  freshInput: perToken(listed.input),
  cacheRead: perToken(listed.cacheRead ?? listed.input),
  ...writes(listed),
  output: perToken(listed.output),
  reasoning: perToken(listed.output),
})

/** The dearest rate that a token of input can have, however it is cached. */
export const dearestInput = (rates: Rates): Picodollars =>
  dearest([rates.freshInput, rates.cacheRead, rates.cacheWrite5m, rates.cacheWrite30m, rates.cacheWrite1h])

/** The same rates, each changed for its kind of token. */
export const eachRate = (
  rates: Rates,
  change: (rate: Picodollars, bucket: Bucket) => Picodollars,
): Record<Bucket, Picodollars> => {
  const changed = { ...rates }
  for (const bucket of buckets) changed[bucket] = change(rates[bucket], bucket)
  return changed
}
