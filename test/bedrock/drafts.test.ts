import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { KeyConnected, KeyList } from '../../shared/keys.ts'
import { sum } from '../../shared/money.ts'
import type { Receipt } from '../../shared/receipts.ts'
import { SIMULATED_SECRET } from '../provider/bedrock/signature.ts'
import { given, simulatorKeys } from '../world.ts'

const DAY = Date.parse('2026-11-21T10:00:00Z')

const costOf = (receipts: readonly Receipt[]) => sum(receipts.map(({ settled }) => settled))

describe('a draft by Claude on Bedrock', () => {
  test('comes whole, and its receipt is the bill to the picodollar', async () => {
    await using world = await given({ keys: ['bedrock'], now: () => DAY })
    const { text, receipt } = await world.owner.ask('My parcel #10293 is late. When will it arrive?')
    expect(text).toContain('#10293')
    expect(receipt?.attempts).toMatchObject([
      {
        provider: 'bedrock',
        model: 'eu.anthropic.claude-haiku-5-5',
        baseAddress: world.simulator.bedrockUrl,
        outcome: 'answered',
        certainty: 'exact',
        price: { id: 'bedrock/eu.anthropic.claude-haiku-5-5@2026-10-07' },
      },
    ])
    expect(costOf(await world.owner.receipts())).toBe(await world.bill())
  })

  test('is settled with the dearer of two counts that differ, and marked', async () => {
    await using world = await given({ keys: ['bedrock'], now: () => DAY })
    world.simulator.plan({ provider: 'bedrock', next: ['metrics-differ'] })
    const { receipt } = await world.owner.ask('My parcel is late. When will it arrive?')
    expect(receipt?.attempts).toMatchObject([{ certainty: 'estimated', flaw: { of: 'output' } }])
    expect(costOf(await world.owner.receipts())).toBeGreaterThan(await world.bill())
  })
})

describe('a key for Bedrock', () => {
  test('is shown with its region, the models that the region offers, and nothing of the key', async () => {
    await using world = await given({ keys: ['bedrock'], now: () => DAY })
    const { keys } = await world.owner.read('/v1/keys', KeyList)
    expect(keys).toMatchObject([
      {
        provider: 'bedrock',
        endpoint: { kind: 'region', region: 'eu-central-1' },
        model: { id: 'eu.anthropic.claude-haiku-5-5', name: 'Claude Haiku 5.5 (EU)' },
      },
    ])
    const names = keys[0]?.models.map(({ name }) => name) ?? []
    expect(names).toContain('Claude Opus 4.8 (global)')
    expect(names).not.toContain('Claude Opus 4.8 (US)')
    const everything = inspect(keys, { depth: 9 }) + world.output() + (await world.stored())
    expect(everything).not.toContain(SIMULATED_SECRET)
    expect(everything).not.toContain('AKIASIMULATED')
  })

  test.each([
    ['us-west-2', 'us.anthropic.claude-haiku-5-5', /^(us|global)\./],
    ['ap-southeast-1', 'global.anthropic.claude-haiku-5-5', /^global\./],
  ] as const)('in %s is connected without a permission to list, by %s', async (region, model, offered) => {
    await using world = await given({ keys: [], now: () => DAY })
    world.simulator.plan({ provider: 'bedrock', of: 'models', next: ['list-forbidden'] })
    const body = {
      provider: 'bedrock',
      key: simulatorKeys.bedrock,
      endpoint: { kind: 'region', region },
    }
    const { key } = await world.owner.change('POST', '/v1/keys', body, KeyConnected)
    expect(key.model.id).toBe(model)
    expect(key.models.length).toBeGreaterThan(8)
    for (const { id } of key.models) expect(id).toMatch(offered)
  })

  test('that may use one model alone is proved by it, though it may not list', async () => {
    await using world = await given({ keys: [], now: () => DAY })
    world.simulator.plan({ provider: 'bedrock', of: 'models', next: ['list-forbidden'] })
    world.simulator.plan({ provider: 'bedrock', next: ['forbidden', 'forbidden', 'healthy'] })
    const { key } = await world.owner.connectKey('bedrock')
    expect(key.model.id).toBe('eu.anthropic.claude-sonnet-5')
  })
})
