import { readFileSync } from 'node:fs'
import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { finished } from '../server/domain/drafts/ending.ts'
import { costOf, inputTokens, outputTokens } from '../server/domain/prices/cost.ts'
import { priceFor } from '../server/domain/prices/models.ts'
import { product } from '../server/domain/prices/multiplier.ts'
import { dollars, zero } from '../shared/money.ts'
import { buckets, noUsage, ProviderName, ReportingProvider, type Usage } from '../shared/providers.ts'

const working = /^(\w+): (\d+) × ([\d.]+)(?: × ([\d.]+))? \/ 1000000 = ([\d.]+)$/

/** One line of the working: `bucket: tokens × dollars per million × factor / 1000000 = dollars`. */
const Line = z
  .string()
  .regex(working)
  .transform((text) => {
    const [, bucket, tokens, perMillion = '', factor = null, amount = ''] = working.exec(text) ?? []
    return { bucket: z.enum(buckets).parse(bucket), tokens: Number(tokens), perMillion, factor, amount }
  })
const ByHand = z.object({
  case: z.string(),
  provider: ProviderName,
  model: z.string(),
  on: z.iso.date(),
  tier: z.string(),
  region: z.string().nullable(),
  lines: z.array(Line).min(1),
  total: z.string(),
})
type ByHand = z.infer<typeof ByHand>

const { receipts } = z
  .object({ receipts: z.array(ByHand) })
  .parse(JSON.parse(readFileSync(new URL('provider/receipts.json', import.meta.url), 'utf8')))

const noonOf = ({ on }: ByHand): number => Date.parse(`${on}T12:00:00Z`)

const usageOf = ({ lines }: ByHand): Usage => ({
  ...noUsage,
  ...Object.fromEntries(lines.map(({ bucket, tokens }) => [bucket, tokens])),
})

const pricedModel = (receipt: ByHand) => {
  const model = priceFor(receipt.provider, receipt.model, noonOf(receipt))
  if (model === undefined) throw new Error(`${receipt.model} had no price on ${receipt.on}`)
  return model
}

/** The ending of a call that answers as the receipt says. */
const endingOf = (receipt: ByHand) => {
  const { tier, region, model } = receipt
  const reserved = { bound: zero, likely: zero, outputLimit: 0, model: pricedModel(receipt) }
  const told = { tier, region: region ?? undefined, model, providerRequestId: undefined }
  return finished(reserved, { stop: 'end', usage: usageOf(receipt), ...told })
}

describe('a receipt that was computed by hand', () => {
  test.each(receipts)('$provider $model, $case: $total', (receipt) => {
    const ending = endingOf(receipt)
    expect(ending).toMatchObject({ certainty: 'exact', settled: dollars(receipt.total), likely: null })
    const { lines } = costOf(pricedModel(receipt).entry, usageOf(receipt), ending)
    expect(lines.map(({ bucket, amount }) => ({ bucket, amount }))).toEqual(
      receipt.lines.map(({ bucket, amount }) => ({ bucket, amount: dollars(amount) })),
    )
    for (const { factor } of receipt.lines) expect(ending.multiplier).toBe(factor)
  })
})

describe('the receipts that were computed by hand', () => {
  const has = (what: string, fits: (receipt: ByHand) => boolean): void =>
    expect(receipts.filter(fits).length, what).toBeGreaterThan(0)

  test('are at least seventy, of every provider with a list of prices, over every kind of token, tier, region and date', () => {
    expect(receipts.length).toBeGreaterThanOrEqual(70)
    for (const provider of ProviderName.exclude(['compatible']).options) {
      has(provider, (receipt) => receipt.provider === provider)
      has(`${provider}, long`, (receipt) => receipt.provider === provider && isLong(receipt))
    }
    for (const provider of ReportingProvider.options)
      has(
        `${provider}, half`,
        (receipt) => receipt.provider === provider && receipt.lines[0]?.factor === '0.5',
      )
    for (const bucket of buckets) has(bucket, ({ lines }) => lines.some((line) => line.bucket === bucket))
    for (const tier of ['standard', 'default', 'batch', 'flex']) has(tier, (receipt) => receipt.tier === tier)
    for (const factor of ['1.1', '0.5', '0.55']) has(factor, ({ lines }) => lines[0]?.factor === factor)
    has(
      'an earlier price',
      (receipt) => pricedModel(receipt).profile.prices[0] !== pricedModel(receipt).entry,
    )
  })

  test('have a sum that is the sum of their lines', () => {
    for (const { lines, total } of receipts)
      expect(lines.reduce((all, { amount }) => all + dollars(amount), 0n)).toBe(dollars(total))
  })
})

const isLong = (receipt: ByHand): boolean => {
  const { long } = pricedModel(receipt).entry
  return long !== null && inputTokens(usageOf(receipt)) > long.overInputTokens
}

/**
 * What @pydantic/genai-prices 0.1.8 gets wrong: it does not know Haiku 5.5, takes Sonnet 5.5 for Sonnet 5, and begins the long price of
 * GPT-5.4 one token too soon. Of tiers and regions it says nothing; of Bedrock it knows neither India nor what an hour in the cache costs.
 */
const mistaken = (receipt: ByHand): boolean =>
  /claude-(haiku|sonnet)-5-5$/.test(receipt.model) ||
  (receipt.provider === 'bedrock' &&
    (receipt.model.startsWith('in.') || usageOf(receipt).cacheWrite1h > 0)) ||
  (receipt.model === 'gpt-5.4' && inputTokens(usageOf(receipt)) === 272_000)

const canSay = (receipt: ByHand): boolean =>
  !mistaken(receipt) && receipt.lines.every(({ factor }) => factor === null)

describe('a second opinion', () => {
  const opinionOn = (receipt: ByHand): number | undefined => {
    const usage = usageOf(receipt)
    const { cacheWrite5m, cacheWrite30m, cacheWrite1h } = usage
    const counted = {
      input_tokens: inputTokens(usage),
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: cacheWrite5m + cacheWrite30m + cacheWrite1h,
      cache_write_5m_tokens: cacheWrite5m,
      cache_write_1h_tokens: cacheWrite1h,
      output_tokens: outputTokens(usage),
    }
    const timestamp = new Date(noonOf(receipt))
    const providerId = receipt.provider === 'bedrock' ? 'aws' : receipt.provider
    return calcPrice(counted, receipt.model, { providerId, timestamp })?.total_price
  }

  test.each(receipts.filter(canSay))('agrees on $provider $model, $case', (receipt) => {
    expect(opinionOn(receipt)).toBeCloseTo(Number(receipt.total), 12)
  })

  test('covers most of what has no factor', () => {
    expect(receipts.filter(canSay).length).toBeGreaterThan(45)
  })
})

describe('factors of a price', () => {
  test('are multiplied exactly', () => {
    expect(product([null, null])).toBeNull()
    expect(product(['1.1', null])).toBe('1.1')
    expect(product(['0.5', '1.1'])).toBe('0.55')
    expect(product(['0.5', '2'])).toBe('1')
  })
})
