import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inputBound, likelyCost, likelyTokens, upperBound } from '../server/domain/prices/bound.ts'
import { costOf, inputTokens, outputTokens } from '../server/domain/prices/cost.ts'
import { catalogue } from '../server/domain/prices/model-catalogue.ts'
import { priceFor } from '../server/domain/prices/models.ts'
import { times } from '../server/domain/prices/multiplier.ts'
import { dollars, pico, sum, zero } from '../shared/money.ts'
import { noUsage, type ProviderName, type Usage } from '../shared/providers.ts'

const TODAY = Date.parse('2026-11-21T12:00:00Z')
const priced = (provider: ProviderName, model: string) => {
  const found = priceFor(provider, model, TODAY)
  if (found === undefined) throw new Error(`${model} has no price`)
  return found
}
const exact = { multiplier: null }

describe('a cost', () => {
  test('is tokens times the listed price, kind by kind, to the last picodollar', () => {
    const { entry } = priced('anthropic', 'claude-haiku-4-5')
    const usage = {
      ...noUsage,
      freshInput: 1_412,
      cacheRead: 10_000,
      cacheWrite5m: 300,
      cacheWrite1h: 7,
      output: 186,
    }
    const { total, lines } = costOf(entry, usage, exact)
    expect(lines).toEqual([
      { bucket: 'freshInput', tokens: 1_412, perMillion: dollars('1'), amount: dollars('0.001412') },
      { bucket: 'cacheRead', tokens: 10_000, perMillion: dollars('0.10'), amount: dollars('0.001') },
      { bucket: 'cacheWrite5m', tokens: 300, perMillion: dollars('1.25'), amount: dollars('0.000375') },
      { bucket: 'cacheWrite1h', tokens: 7, perMillion: dollars('2'), amount: dollars('0.000014') },
      { bucket: 'output', tokens: 186, perMillion: dollars('5'), amount: dollars('0.00093') },
    ])
    expect(total).toBe(dollars('0.003731'))
  })

  test('of one cached token of the cheapest model is not nothing', () => {
    const { entry } = priced('openai', 'gpt-5-nano')
    expect(costOf(entry, { ...noUsage, cacheRead: 1 }, exact).total).toBe(dollars('0.000000005'))
  })

  test('has hidden reasoning at the price of output', () => {
    const { entry } = priced('openai', 'o3')
    expect(costOf(entry, { ...noUsage, output: 100, reasoning: 900 }, exact).total).toBe(dollars('0.008'))
  })

  test('of a write into OpenAI’s cache is plain input before GPT-5.6 and 1.25 times after', () => {
    const write = { ...noUsage, cacheWrite30m: 1_000 }
    expect(costOf(priced('openai', 'gpt-4o').entry, write, exact).total).toBe(dollars('0.0025'))
    expect(costOf(priced('openai', 'gpt-5.6-luna').entry, write, exact).total).toBe(dollars('0.00025'))
  })

  test('is all dearer, output too, once the input is over the long-context threshold', () => {
    const { entry } = priced('anthropic', 'claude-haiku-5-5')
    const at = { ...noUsage, freshInput: 50_000, cacheRead: 50_000, output: 1_000 }
    expect(costOf(entry, at, exact).total).toBe(dollars('0.006'))
    const over = { ...at, cacheRead: 50_001 }
    expect(costOf(entry, over, exact).total).toBe(dollars('0.03000005'))
  })

  test('is exactly 1.1 times in a region that costs more, and its formula says so', () => {
    const { entry } = priced('anthropic', 'claude-opus-4-8')
    const usage = { ...noUsage, freshInput: 1_000, cacheRead: 3, output: 10 }
    const { total, lines } = costOf(entry, usage, { multiplier: '1.1' })
    expect(total).toBe(dollars('0.00577665'))
    expect(lines[0]?.perMillion).toBe(dollars('5.50'))
  })

  test('is the sum of its lines, whatever was used', () => {
    const tokens = fc.nat(2_000_000)
    const anyUsage: fc.Arbitrary<Usage> = fc.record({
      freshInput: tokens,
      cacheRead: tokens,
      cacheWrite5m: tokens,
      cacheWrite30m: tokens,
      cacheWrite1h: tokens,
      output: tokens,
      reasoning: tokens,
    })
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), anyUsage, ({ prices, geoMultiplier }, usage) => {
        for (const entry of prices) {
          const { total, lines } = costOf(entry, usage, { multiplier: geoMultiplier })
          expect(sum(lines.map(({ amount }) => amount))).toBe(total)
          for (const line of lines)
            expect(BigInt(line.tokens) * line.perMillion).toBe(line.amount * 1_000_000n)
        }
      }),
    )
  })

  test('refuses a factor that is no number', () => {
    expect(times(pico(10n), '1.1')).toBe(11n)
    expect(() => times(pico(10n), 'us')).toThrow('no multiplier')
  })
})

describe('an upper bound', () => {
  test('counts a token for every byte, and for every byte of what normalization makes of it', () => {
    const structure = 16 + 64
    expect(inputBound(['hello'])).toBe(5 + structure)
    expect(inputBound(['grüße'])).toBe(7 + structure)
    expect(inputBound(['\uFDFA'])).toBe(33 + structure)
    expect(inputBound(['a', 'b'], 5)).toBe(2 + 5 * 16 + 64)
  })

  test('is never below the cost of any usage within it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue),
        fc.nat(400_000),
        fc.nat(8_000),
        fc.array(fc.nat(100), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (profile, input, output, shares, regional) => {
          const usage = spread(input, output, shares)
          for (const entry of profile.prices) {
            const bound = upperBound(entry, profile, inputTokens(usage), outputTokens(usage))
            const { total } = costOf(entry, usage, { multiplier: regional ? profile.geoMultiplier : null })
            expect(total <= bound).toBe(true)
          }
        },
      ),
    )
  })

  test('has the long tier when the bound reaches it, and the region’s factor where there is one', () => {
    const { entry, profile } = priced('anthropic', 'claude-haiku-5-5')
    expect(upperBound(entry, profile, 100_000, 1_000)).toBe(dollars('0.02255'))
    expect(upperBound(entry, profile, 100_001, 1_000)).toBe(dollars('0.1127511'))
    const old = priced('anthropic', 'claude-haiku-4-5')
    expect(upperBound(old.entry, old.profile, 1_000, 1_000)).toBe(dollars('0.007'))
  })
})

/** Splits input among the kinds of input by shares, and output in halves. */
const spread = (input: number, output: number, shares: readonly number[]): Usage => {
  const [a = 0, b = 0, c = 0, d = 0] = shares.map((share) => Math.floor((input * share) / 500))
  return {
    freshInput: input - a - b - c - d,
    cacheRead: a,
    cacheWrite5m: b,
    cacheWrite30m: c,
    cacheWrite1h: d,
    output: Math.ceil(output / 2),
    reasoning: Math.floor(output / 2),
  }
}

describe('a likely cost', () => {
  test('is more than nothing and less than the upper bound', () => {
    const texts = ['You write drafts.', 'Dana: I was charged twice.', 'Write the reply.']
    for (const { provider, id } of catalogue) {
      const { entry, profile } = priced(provider, id)
      const likely = likelyCost(entry, texts, profile.draftOutputTokens)
      expect(likely > zero).toBe(true)
      expect(likely < upperBound(entry, profile, inputBound(texts), profile.draftOutputTokens)).toBe(true)
    }
  })

  test('takes four bytes for a token', () => {
    expect(likelyTokens(0)).toBe(0)
    expect(likelyTokens(5)).toBe(2)
  })
})
