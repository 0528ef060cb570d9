import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { costOf } from '../../server/domain/prices/cost.ts'
import { anthropicModels } from '../../server/domain/prices/model-catalogue/anthropic.ts'
import { bedrockModels } from '../../server/domain/prices/model-catalogue/bedrock.ts'
import { type ModelProfile, modelName, priceFor } from '../../server/domain/prices/models.ts'
import { buckets, noUsage } from '../../shared/providers.ts'
import { soldOnBedrock } from '../provider/bedrock/models.ts'

const TODAY = Date.parse('2026-11-21T12:00:00Z')

const named = (id: string): ModelProfile => {
  const profile = bedrockModels.find((model) => model.id === id)
  if (profile === undefined) throw new Error(`${id} is not in the table`)
  return profile
}

const makers = (id: string): ModelProfile => {
  const profile = anthropicModels.find((model) => model.id === id)
  if (profile === undefined) throw new Error(`${id} is no model of Anthropic’s`)
  return profile
}

describe('the price table of Bedrock', () => {
  test('has exactly the ids that the oracle knows', () => {
    const known = soldOnBedrock.flatMap(({ global, placed }) => [...global, ...placed])
    expect(bedrockModels.map(({ id }) => id).toSorted()).toEqual(known.toSorted())
  })

  test.each(soldOnBedrock)('costs for $of what Anthropic costs, and a tenth more in one place', (sold) => {
    const costs = makers(sold.of).prices
    for (const [ids, tenths] of [
      [sold.global, 10n],
      [sold.placed, 11n],
    ] as const)
      for (const id of ids) {
        const { prices } = named(id)
        expect(prices.map(({ validFrom }) => validFrom)).toEqual(costs.map(({ validFrom }) => validFrom))
        for (const [at, { rates, long }] of prices.entries())
          for (const bucket of buckets) {
            expect(rates[bucket] * 10n).toBe((costs[at]?.rates[bucket] ?? 0n) * tenths)
            expect((long?.rates[bucket] ?? 0n) * 10n).toBe((costs[at]?.long?.rates[bucket] ?? 0n) * tenths)
          }
      }
  })

  test.each(soldOnBedrock)('asks $of by the version of the protocol that it takes', (sold) => {
    for (const id of [...sold.global, ...sold.placed])
      expect(named(id).apiVersion).toBe(sold.earlier ? 'bedrock-2023-05-31' : undefined)
  })

  test('finds exact ids, never a relative', () => {
    expect(priceFor('bedrock', 'eu.anthropic.claude-opus-4-8', TODAY)).toBeDefined()
    for (const stranger of [
      'claude-opus-4-8',
      'ap.anthropic.claude-opus-4-8',
      'eu.anthropic.claude-opus-4-8-v1:0',
      'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-4-8',
    ])
      expect(priceFor('bedrock', stranger, TODAY)).toBeUndefined()
    expect(priceFor('anthropic', 'eu.anthropic.claude-opus-4-8', TODAY)).toBeUndefined()
  })

  test('says where an answer is made', () => {
    expect(
      ['eu.', 'global.', ''].map((place) => modelName('bedrock', `${place}anthropic.claude-opus-4-8`)),
    ).toEqual(['Claude Opus 4.8 (EU)', 'Claude Opus 4.8 (global)', 'Claude Opus 4.8'])
  })

  test('suggests nothing that may be answered anywhere before what stays in a part of the world', () => {
    const ranks = (global: boolean) =>
      bedrockModels
        .filter(({ id }) => id.startsWith('global.') === global)
        .flatMap(({ draftRank }) => (draftRank === undefined ? [] : [draftRank]))
    expect(Math.max(...ranks(false))).toBeLessThan(Math.min(...ranks(true)))
  })
})

describe('an independent catalogue of Bedrock', () => {
  const counted = { ...noUsage, freshInput: 1_000, cacheRead: 2_000, output: 500 }
  const usage = { input_tokens: 3_000, cache_read_tokens: 2_000, output_tokens: 500 }
  const secondOpinion = ({ id }: ModelProfile) =>
    calcPrice(usage, id, { providerId: 'aws', timestamp: new Date(TODAY) })

  /** Without place, day and version: the catalogue writes those in its own way. */
  const plain = (id: string): string => id.replace(/^.*anthropic\./, '').replace(/(-\d{8})?(-v1:0)?$/, '')
  const sameModel = (profile: ModelProfile): boolean => {
    const matched = secondOpinion(profile)?.model.id
    return matched !== undefined && plain(matched) === plain(profile.id)
  }
  const agreed = bedrockModels.filter(sameModel)

  test('knows most of our models: neither Haiku 5.5 nor India, and Sonnet 5.5 only as Sonnet 5', () => {
    const unknown = bedrockModels.filter((profile) => !sameModel(profile)).map(({ id }) => id)
    expect(unknown.filter((id) => !/^in\.|(haiku|sonnet)-5-5$/.test(id))).toEqual([
      'us.anthropic.claude-fable-5-1',
    ])
    expect(agreed.length).toBeGreaterThan(45)
  })

  test.each(agreed)('agrees on what a call of $id costs', (profile) => {
    const entry = priceFor('bedrock', profile.id, TODAY)?.entry
    const ours = entry && costOf(entry, counted, { multiplier: null }).total
    const dollars = Number(ours ?? 0n) / 1e12
    expect(dollars).toBeCloseTo(secondOpinion(profile)?.total_price ?? -1, 12)
  })
})
