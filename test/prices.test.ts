import { readFileSync } from 'node:fs'
import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { costOf } from '../server/domain/prices/cost.ts'
import { catalogue } from '../server/domain/prices/model-catalogue.ts'
import { type ModelProfile, modelName, priceFor, profileOf } from '../server/domain/prices/models.ts'
import { times } from '../server/domain/prices/multiplier.ts'
import { perMillion, perToken, type Rates } from '../server/domain/prices/prices.ts'
import { type Picodollars, Usd, zero } from '../shared/money.ts'
import { buckets, noUsage, ProviderName } from '../shared/providers.ts'

const Dollars = z.number().nullish()
const Figures = z.object({
  input: Dollars,
  cache_read: Dollars,
  cache_write: Dollars,
  cache_write_5m: Dollars,
  cache_write_1h: Dollars,
  output: Dollars,
})
const OracleModel = Figures.extend({
  provider: ProviderName,
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  context: z.number().optional(),
  max_output: z.number().optional(),
  min_cacheable: z.number().optional(),
  shutdown: z.string().optional(),
  geo_us_multiplier: z.number().optional(),
  effective_from: z.iso.date().optional(),
  long_context: Figures.extend({ over_input_tokens: z.number() }).optional(),
  history: z.array(Figures.extend({ to: z.iso.date() })).default([]),
})
type OracleModel = z.infer<typeof OracleModel>

const oracle = z
  .object({ as_of: z.iso.date(), models: z.array(OracleModel) })
  .parse(JSON.parse(readFileSync(new URL('provider/prices.json', import.meta.url), 'utf8')))

/** Bedrock sells the same models under ids of its own; those have their own tests. */
const makers = catalogue.filter(({ provider }) => provider !== 'bedrock')

const TODAY = Date.parse(`${oracle.as_of}T12:00:00Z`)
const DAY_MS = 86_400_000

/** Retired so long ago that no key lists them and no call can be made. */
const gone = new Set([
  'claude-3-7-sonnet-20250219',
  'claude-3-5-sonnet-20241022',
  'claude-3-5-haiku-20241022',
  'claude-3-opus-20240229',
  'claude-3-sonnet-20240229',
  'claude-3-haiku-20240307',
  'o1-mini',
])
const priced = oracle.models.filter(({ id }) => !gone.has(id))

/** The table's rate as the oracle writes it: a JavaScript number of dollars per million. */
const listed = (rate: Picodollars): number => Number(Usd.encode(perMillion(rate)))

const cachedFigures = (model: z.infer<typeof Figures>) => ({
  ...(typeof model.cache_read === 'number' ? { cacheRead: model.cache_read } : {}),
  ...(typeof model.cache_write_5m === 'number' ? { cacheWrite5m: model.cache_write_5m } : {}),
  ...(typeof model.cache_write_1h === 'number' ? { cacheWrite1h: model.cache_write_1h } : {}),
  ...(typeof model.cache_write === 'number' ? { cacheWrite30m: model.cache_write } : {}),
})

/** What the oracle says of a model's rates; kinds that it does not name are left out. */
const figuresOf = (model: z.infer<typeof Figures>): Partial<Record<keyof Rates, number>> => ({
  ...(typeof model.input === 'number' ? { freshInput: model.input } : {}),
  ...(typeof model.output === 'number' ? { output: model.output, reasoning: model.output } : {}),
  ...cachedFigures(model),
})

const ratesAsListed = (rates: Rates) =>
  Object.fromEntries(buckets.map((bucket) => [bucket, listed(rates[bucket])]))

const known = (model: OracleModel, at = TODAY) => {
  const found = priceFor(model.provider, model.id, at)
  if (found === undefined) throw new Error(`${model.id} has no price`)
  return found
}

describe('the price table', () => {
  test.each(priced)('has the provider’s own figures for $id', (model) => {
    const { profile, entry } = known(model)
    expect(profile).toMatchObject({
      id: model.id,
      name: model.name,
      aliases: expect.arrayContaining(model.aliases),
    })
    expect(ratesAsListed(entry.rates)).toMatchObject(figuresOf(model))
    if (model.long_context === undefined) return
    expect(entry.long?.overInputTokens).toBe(model.long_context.over_input_tokens)
    expect(entry.long && ratesAsListed(entry.long.rates)).toMatchObject(figuresOf(model.long_context))
  })

  test.each(priced)('knows how much $id reads and writes', (model) => {
    const { profile } = known(model)
    if (model.context !== undefined) expect(profile.contextTokens).toBe(model.context)
    if (model.max_output !== undefined) expect(profile.outputTokens).toBe(model.max_output)
    if (model.min_cacheable !== undefined) expect(profile.minCacheable).toBe(model.min_cacheable)
    expect(profile.geoMultiplier).toBe(model.geo_us_multiplier?.toString() ?? null)
    const shutdown = model.shutdown?.slice(0, 10)
    if (shutdown !== undefined) expect(profile.retiresAt).toBe(Date.parse(`${shutdown}T00:00:00Z`))
  })

  test('contains no model that the oracle does not know', () => {
    const ids = new Set(priced.map(({ id }) => id))
    expect(makers.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([])
  })

  test.each(priced.filter(({ history }) => history.length > 0))('keeps what $id cost before', (model) => {
    for (const { to, ...figures } of model.history) {
      const change = Date.parse(`${to}T00:00:00Z`)
      expect(ratesAsListed(known(model, change - 1).entry.rates)).toMatchObject(figuresOf(figures))
      expect(ratesAsListed(known(model, change).entry.rates)).toMatchObject(figuresOf(model))
    }
  })

  test.each(priced.filter(({ effective_from }) => effective_from !== undefined))(
    'has no price for $id before it was sold',
    (model) => {
      const start = Date.parse(`${model.effective_from}T00:00:00Z`)
      expect(priceFor(model.provider, model.id, start - 1)).toBeUndefined()
      expect(priceFor(model.provider, model.id, start)).toBeDefined()
    },
  )

  test('finds exact ids and aliases, never a relative', () => {
    expect(priceFor('anthropic', 'claude-haiku-4-5', TODAY)?.profile.id).toBe('claude-haiku-4-5-20251001')
    for (const stranger of [
      'claude-sonnet-5-5-20270101',
      'claude-sonnet-5-6',
      'claude-haiku-5',
      'toString',
      '',
    ])
      expect(priceFor('anthropic', stranger, TODAY)).toBeUndefined()
    expect(priceFor('openai', 'claude-haiku-4-5', TODAY)).toBeUndefined()
    expect(priceFor('openai', 'gpt-4o-mini-search-preview', TODAY)).toBeUndefined()
    expect(profileOf('openai', 'gpt-6')).toBeUndefined()
  })

  test('calls a model by its name, and an unknown one by its id', () => {
    expect(modelName('openai', 'gpt-6-luna')).toBe('GPT-6 luna')
    expect(modelName('openai', 'gpt-9')).toBe('gpt-9')
  })

  test('names no id twice', () => {
    const ids = catalogue.flatMap(({ provider, id, aliases }) =>
      [id, ...aliases].map((name) => provider + name),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const entries = catalogue.flatMap(({ prices }) => prices.map(({ id }) => id))
    expect(new Set(entries).size).toBe(entries.length)
  })

  test('lists the newest price first and gives each model room for a draft', () => {
    for (const { prices, draftOutputTokens, outputTokens } of catalogue) {
      const days = prices.map(({ validFrom }) => validFrom)
      expect(days).toEqual(days.toSorted().toReversed())
      expect(draftOutputTokens).toBeLessThanOrEqual(outputTokens)
    }
  })

  test('suggests for drafts only models that stay for two months', () => {
    const suggested = catalogue.filter(({ draftRank }) => draftRank !== undefined)
    expect(new Set(suggested.map(({ provider }) => provider)).size).toBe(3)
    for (const { retiresAt } of suggested) expect(retiresAt ?? Infinity).toBeGreaterThan(TODAY + 60 * DAY_MS)
  })

  test('has only rates that stay whole with a region’s factor', () => {
    for (const { prices, geoMultiplier } of catalogue)
      for (const { rates, long } of prices)
        for (const rate of [...Object.values(rates), ...Object.values(long?.rates ?? {})])
          expect(times(rate, geoMultiplier) * 10n).toBe(geoMultiplier === null ? rate * 10n : rate * 11n)
  })

  test('refuses a figure that is no whole number of picodollars per token', () => {
    expect(perToken('0.000001')).toBe(1n)
    expect(() => perToken('0.0000001')).toThrow('no whole number')
  })
})

describe('an independent catalogue', () => {
  const counted = { ...noUsage, freshInput: 1_000, cacheRead: 2_000, output: 500 }
  const secondOpinion = (profile: ModelProfile) =>
    calcPrice({ input_tokens: 3_000, cache_read_tokens: 2_000, output_tokens: 500 }, profile.id, {
      providerId: profile.provider,
      timestamp: new Date(TODAY),
    })

  /** It matches by prefix: Sonnet 5.5 as Sonnet 5, at twice its price for cached input. */
  const sameModel = (profile: ModelProfile) => {
    const matched = secondOpinion(profile)?.model.id
    return matched !== undefined && [profile.id, ...profile.aliases].includes(matched)
  }
  const agreed = makers.filter(sameModel)

  test('knows most of our models by their exact id', () => {
    expect(makers.filter((profile) => !sameModel(profile)).map(({ id }) => id)).toEqual([
      'claude-haiku-5-5',
      'claude-sonnet-5-5',
    ])
  })

  test.each(agreed)('agrees on what a call of $id costs', (profile) => {
    const entry = priceFor(profile.provider, profile.id, TODAY)?.entry
    const ours = entry && costOf(entry, counted, { multiplier: null }).total
    expect(Number(Usd.encode(ours ?? zero))).toBeCloseTo(secondOpinion(profile)?.total_price ?? -1, 12)
  })
})
