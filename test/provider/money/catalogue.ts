import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import { placedMultiplier, soldOnBedrock } from '../bedrock/models.ts'

const Rate = z.number().nonnegative()
const Rates = z.object({
  input: Rate,
  cache_read: Rate.nullish(),
  cache_write: Rate.nullish(),
  cache_write_5m: Rate.nullish(),
  cache_write_1h: Rate.nullish(),
  output: Rate,
})
const Entry = Rates.extend({
  provider: ProviderName,
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  context: z.int().default(1_000_000),
  max_output: z.int().default(128_000),
  min_cacheable: z.int().default(1_024),
  tokenizer: z.enum(['old', 'new']).default('old'),
  geo_us_multiplier: z.number().optional(),
  status: z.string().optional(),
  shutdown: z.string().optional(),
  history: z.array(Rates.partial().extend({ to: z.iso.date() })).default([]),
  long_context: Rates.partial().extend({ over_input_tokens: z.int() }).optional(),
})

/** A model as the simulator sells it. */
export type Model = z.infer<typeof Entry>

/** Dollars per million tokens for one kind of token each. */
type Rates = z.infer<typeof Rates>

const { models: listed } = z
  .object({ models: z.array(Entry) })
  .parse(JSON.parse(readFileSync(new URL('../prices.json', import.meta.url), 'utf8')))

const MICRODOLLARS = 1_000_000
const kinds = new Set(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output'])

/** The same with rates as in one place of Bedrock, rounded to what dollars per million tokens can be. */
const dearer = (figures: object): object =>
  Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [
      name,
      kinds.has(name) && typeof figure === 'number'
        ? Math.round(figure * placedMultiplier * MICRODOLLARS) / MICRODOLLARS
        : figure,
    ]),
  )

const onBedrock = (model: Model, id: string): Model => ({
  ...model,
  provider: 'bedrock',
  id,
  aliases: [],
  geo_us_multiplier: undefined,
})

const dearerOnBedrock = (model: Model, id: string): Model =>
  Entry.parse({
    ...dearer(onBedrock(model, id)),
    history: model.history.map(dearer),
    long_context: model.long_context && dearer(model.long_context),
  })

const models: readonly Model[] = [
  ...listed,
  ...soldOnBedrock.flatMap((sold) =>
    listed
      .filter(({ id }) => id === sold.of)
      .flatMap((model) => [
        ...sold.global.map((id) => onBedrock(model, id)),
        ...sold.placed.map((id) => dearerOnBedrock(model, id)),
      ]),
  ),
]

const dayIn = (text: string | undefined): number | undefined => {
  const day = /\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0]
  return day === undefined ? undefined : Date.parse(day)
}

/** When a model ends, in milliseconds since the epoch, if that is settled. */
export const endsAt = ({ status, shutdown }: Model): number | undefined => {
  if (shutdown !== undefined) return dayIn(shutdown)
  return /retire[sd]/i.test(status ?? '') ? (dayIn(status) ?? 0) : undefined
}

export const isGone = (model: Model, now: number): boolean =>
  (endsAt(model) ?? Number.POSITIVE_INFINITY) <= now

export const modelsOf = (provider: ProviderName): readonly Model[] =>
  models.filter((model) => model.provider === provider)

/** The model that an id or alias means, unless it is gone. */
export const findModel = (provider: ProviderName, id: string, now: number): Model | undefined =>
  modelsOf(provider).find((model) => (model.id === id || model.aliases.includes(id)) && !isGone(model, now))

/** The id that an answer names: the dated one where there is one. */
export const datedId = ({ id, aliases }: Model, asked: string): string =>
  aliases.includes(asked) && /\d{4}-\d{2}-\d{2}$/.test(asked)
    ? asked
    : (aliases.find((alias) => /\d{4}-\d{2}-\d{2}$/.test(alias)) ?? id)

/** The rates in force at a moment for a request with so many input tokens of every kind. */
export const ratesOf = (model: Model, at: number, inputTokens: number): Rates => {
  const past = model.history.find(({ to }) => at < Date.parse(to))
  const long = model.long_context
  return Object.assign(
    {},
    model,
    past,
    long !== undefined && inputTokens > long.over_input_tokens ? long : {},
  )
}
