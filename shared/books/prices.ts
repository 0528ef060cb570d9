import { z } from 'zod'
import { Id, Label, Moment } from '../ids.ts'
import { dollars, pico, Usd } from '../money.ts'
import { type Bucket, ProviderName } from '../providers.ts'

/** The most that an own price may be, in dollars per million tokens: a slip in typing is far above what any model costs. */
export const MOST_PER_MILLION = dollars('1000')
/** The least: a whole picodollar per token. A price of nothing would make a cap blind, so it has a word of its own: `free`. */
export const LEAST_PER_MILLION = dollars('0.000001')

/** Dollars per million tokens as an admin sets them: whole picodollars per token, within the bounds. */
export const OwnRate = Usd.refine(
  (rate) => rate >= LEAST_PER_MILLION && rate <= MOST_PER_MILLION && rate % LEAST_PER_MILLION === 0n,
  'from 0.000001 to 1,000 dollars per million tokens, at most six decimals',
)

const each = <Rate extends z.ZodType>(rate: Rate) =>
  ({
    freshInput: rate,
    cacheRead: rate,
    cacheWrite5m: rate,
    cacheWrite30m: rate,
    cacheWrite1h: rate,
    output: rate,
    reasoning: rate,
  }) satisfies Record<Bucket, Rate>

/** Dollars per million tokens of every kind. */
export const PerMillion = z.object(each(Usd))
export type PerMillion = z.infer<typeof PerMillion>

/** Percent off the list price, from 0.01 to 99. */
export const Percent = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2})?$/)
  .refine((percent) => Number(percent) > 0 && Number(percent) <= 99, 'from 0.01 to 99 percent')

/**
 * What an admin says a model costs. `discount` follows the list when it changes; `price` takes the place of the list's plain prices, while
 * a long request keeps the list's; `ceiling` is for a model without any price; `free` is for an endpoint of one's own, which may have a
 * `price` without a list too; `list` ends what was said before.
 */
export const PriceTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('discount'), percent: Percent }),
  z.strictObject({ kind: z.literal('price'), perMillion: z.strictObject(each(OwnRate)) }),
  z.strictObject({ kind: z.literal('ceiling'), input: OwnRate, output: OwnRate }),
  z.strictObject({ kind: z.literal('free') }),
])
export type PriceTerms = z.infer<typeof PriceTerms>

/** One entry of a model's own prices: in force from `setAt` until the next one. It is never changed. */
export const OwnPrice = z.object({ id: Id, terms: PriceTerms, setBy: Label, setAt: Moment })
export type OwnPrice = z.infer<typeof OwnPrice>

/** The provider's list price of a model as it is today. `longOver`: tokens of input above which another, dearer price is in force. */
export const ListPrice = z.object({
  id: z.string(),
  source: z.string(),
  validFrom: z.iso.date(),
  perMillion: PerMillion,
  longOver: z.int().nullable(),
})
export type ListPrice = z.infer<typeof ListPrice>

/** What a model costs. `list` is null where no price is known; `own` lists what admins set, newest first, the first one in force. */
export const ModelPrice = z.object({
  provider: ProviderName,
  model: z.string().max(120),
  modelName: z.string().max(120),
  inUse: z.boolean(),
  list: ListPrice.nullable(),
  own: z.array(OwnPrice),
})
export type ModelPrice = z.infer<typeof ModelPrice>

/** Answer of `GET /v1/prices`, for owners and admins: the models of the connected keys, and those that have own prices. */
export const PriceList = z.object({ prices: z.array(ModelPrice) })

/** Body of `POST /v1/prices`. `confirmed`: that an unusual price is meant. */
export const PriceChange = z.strictObject({
  provider: ProviderName,
  model: z.string().min(1).max(120),
  terms: PriceTerms,
  confirmed: z.boolean().default(false),
})
export type PriceChange = z.infer<typeof PriceChange>

/** Bounds between which an own price is usual, as shares of the list price. */
const LEAST_HUNDREDTHS = 1n
const MOST_TIMES = 10n

/** Whether a price is so far from the list that it may be a slip: below a hundredth or over ten times. */
export const isUnusual = (asked: bigint, listed: bigint): boolean =>
  pico(asked * 100n) < listed * LEAST_HUNDREDTHS || asked > listed * MOST_TIMES
