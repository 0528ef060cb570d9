import { z } from 'zod'
import { type Picodollars, pico } from '../../../shared/money.ts'
import type { RatedEntry } from '../../domain/prices/prices.ts'

const Rate = z.string().regex(/^\d{1,18}$/)
const RateOut = Rate.transform((digits): Picodollars => pico(BigInt(digits)))

const Rates = z.object({
  freshInput: RateOut,
  cacheRead: RateOut,
  cacheWrite5m: RateOut,
  cacheWrite30m: RateOut,
  cacheWrite1h: RateOut,
  output: RateOut,
  reasoning: RateOut,
})

const Entry = z.object({
  id: z.string(),
  source: z.string(),
  validFrom: z.iso.date(),
  rates: Rates,
  own: z
    .object({
      kind: z.enum(['price', 'discount', 'ceiling', 'free']),
      by: z.string(),
      at: z.int(),
      percent: z.string().nullable(),
    })
    .optional(),
  long: z.object({ overInputTokens: z.int(), rates: Rates }).nullable(),
})

/** A price entry as it is kept with an attempt: JSON, rates as strings of picodollars per token. */
export const entryText = (entry: RatedEntry): string =>
  JSON.stringify(entry, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

/** Reads what `entryText` wrote. */
export const entryOf = (text: string): RatedEntry => Entry.parse(JSON.parse(text))
