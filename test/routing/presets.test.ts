import { describe, expect, test } from 'vitest'
import { modelCards } from '../../server/domain/keys/key-models.ts'
import { pricingWith } from '../../server/domain/prices/own-prices.ts'
import { usualCost } from '../../shared/books/usual-draft.ts'
import { Preset } from '../../shared/keys.ts'
import type { ProviderName } from '../../shared/providers.ts'

const TODAY = Date.parse('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
/** Nobody has set prices of their own. */
const listPrices = pricingWith([])

const listed = (id: string, retiresAt?: number) => ({
  id,
  name: undefined,
  contextTokens: undefined,
  outputTokens: undefined,
  retiresAt,
})

/** Which model each preset is, for a key that may use these; all that we know where there are none. */
const presetsFor = (provider: ProviderName, ids?: readonly string[], retiring: readonly string[] = []) => {
  const soon = TODAY + 59 * DAY_MS
  const listing = ids?.map((id) => listed(id, retiring.includes(id) ? soon : undefined)) ?? null
  const cards = modelCards(provider, listing, TODAY, listPrices)
  return Object.fromEntries(
    Preset.options.map((preset) => [preset, cards.filter(({ presets }) => presets.includes(preset))]),
  )
}
const idsFor = (...of: Parameters<typeof presetsFor>) =>
  Object.fromEntries(Object.entries(presetsFor(...of)).map(([preset, cards]) => [preset, cards[0]?.id]))

describe('the presets', () => {
  test('are one model each, and for the models of today these', () => {
    for (const provider of ['anthropic', 'openai', 'bedrock'] as const)
      for (const cards of Object.values(presetsFor(provider))) expect(cards).toHaveLength(1)
    expect(idsFor('anthropic')).toEqual({
      cheap: 'claude-haiku-5-5',
      balanced: 'claude-haiku-5-5',
      best: 'claude-opus-5-5',
    })
    expect(idsFor('openai')).toEqual({ cheap: 'gpt-6-luna', balanced: 'gpt-6-luna', best: 'gpt-6-astra' })
  })

  test('are chosen among the models that the key may use', () => {
    expect(idsFor('anthropic', ['claude-sonnet-5', 'claude-haiku-4-5', 'claude-opus-4-8'])).toEqual({
      cheap: 'claude-haiku-4-5-20251001',
      balanced: 'claude-haiku-4-5-20251001',
      best: 'claude-opus-4-8',
    })
    expect(idsFor('anthropic', ['claude-sonnet-5'])).toEqual({
      cheap: 'claude-sonnet-5',
      balanced: 'claude-sonnet-5',
      best: 'claude-sonnet-5',
    })
  })

  test('cost no less than the cheapest of all models that stay', () => {
    const cards = modelCards('openai', null, TODAY, listPrices)
    const stays = cards.filter(
      ({ price, retiresAt }) => price !== null && (retiresAt === null || retiresAt > TODAY + 60 * DAY_MS),
    )
    const costs = stays
      .map(({ price }) => price && usualCost(price))
      .toSorted((a, b) => Number((a ?? 0n) - (b ?? 0n)))
    const cheap = cards.find(({ presets }) => presets.includes('cheap'))
    expect(cheap?.price && usualCost(cheap.price)).toBe(costs[0])
  })

  test('are never a model that ends within 60 days, nor one without a price', () => {
    const three = ['claude-haiku-5-5', 'claude-sonnet-5', 'claude-opus-5-5'] as const
    expect(idsFor('anthropic', three, ['claude-haiku-5-5', 'claude-opus-5-5'])).toEqual({
      cheap: 'claude-sonnet-5',
      balanced: 'claude-sonnet-5',
      best: 'claude-sonnet-5',
    })
    expect(idsFor('anthropic', ['claude-unheard-of'])).toEqual({})
    expect(idsFor('anthropic', three, three)).toEqual({})
  })
})
