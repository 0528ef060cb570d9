import { describe, expect, test } from 'vitest'
import type { Dialect } from '../../shared/keys.ts'
import type { ProviderName } from '../../shared/providers.ts'
import type { Receipt } from '../../shared/receipts.ts'
import type { OwnEndpoint } from '../provider/compatible/endpoints.ts'
import { flat, given, simulatorKeys, type World } from '../world.ts'

const at = (world: World, endpoint: OwnEndpoint, dialect: Dialect) => ({
  kind: 'address' as const,
  address: world.simulator.compatibleUrl(endpoint),
  dialect,
})

const free = { kind: 'free' } as const
const compatible: ProviderName = 'compatible'

const drafted = async (world: World, text = 'Where is my parcel?'): Promise<Receipt> => {
  const { receipt } = await world.owner.ask(text)
  if (receipt === undefined) throw new Error('there is no receipt')
  return receipt
}

const connect = (world: World, body: object) =>
  world.owner.request('POST', '/v1/keys', { provider: compatible, key: simulatorKeys.compatible, ...body })

describe('a draft by an endpoint of one’s own', () => {
  test('costs what the admin said, to the last digit of the endpoint’s bill', async () => {
    await using world = await given({ keys: ['compatible'] })
    const before = await world.bill()
    const receipt = await drafted(world)
    const [attempt] = receipt.attempts
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact', provider: 'compatible' })
    expect(receipt.settled).toBe((await world.bill()) - before)
    expect(receipt.settled).toBeGreaterThan(0n)
    expect(attempt).toMatchObject({
      model: 'mistral-medium-2508',
      baseAddress: world.simulator.compatibleUrl('mistral'),
      usage: world.simulator.calls().at(-1)?.buckets,
      price: { own: { kind: 'price', by: 'Olive Owner' } },
    })
    expect(attempt?.held).toBeGreaterThanOrEqual(receipt.settled)
  })

  test('that is free holds nothing and costs exactly nothing, with its tokens told', async () => {
    await using world = await given({ keys: [], cap: '0.01' })
    await world.owner.connectKey('compatible', 'x', {
      endpoint: at(world, 'ollama', 'ollama'),
      price: { terms: free },
    })
    const receipt = await drafted(world)
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact', settled: 0n })
    expect(receipt.attempts[0]).toMatchObject({
      held: 0n,
      usage: world.simulator.calls().at(-1)?.buckets,
      price: { own: { kind: 'free' } },
    })
    expect(receipt.attempts[0]?.usage?.output).toBeGreaterThan(0)
    expect((await world.owner.cap()).settled).toBe(0n)
  })

  test('by Anthropic’s protocol counts every kind of its tokens', async () => {
    await using world = await given({ keys: [] })
    const perMillion = {
      ...flat('0.10', '0.50'),
      cacheRead: '0.01',
      cacheWrite5m: '0.125',
      cacheWrite1h: '0.20',
    }
    await world.owner.connectKey('compatible', simulatorKeys.compatible, {
      endpoint: at(world, 'claude-gateway', 'anthropic'),
      price: { model: 'claude-haiku-5-5', terms: { kind: 'price', perMillion } },
    })
    const before = await world.bill()
    const receipt = await drafted(world, `${'It should have come on Monday. '.repeat(300)}Where is it?`)
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact' })
    expect(receipt.attempts[0]?.usage?.cacheWrite5m).toBeGreaterThan(1_024)
    expect(receipt.settled).toBe((await world.bill()) - before)
  })

  test('is settled at its bound, marked, where the endpoint tells no usage', async () => {
    await using world = await given({ keys: ['compatible'] })
    world.simulator.plan({ provider: 'compatible', next: ['no-usage'] })
    const receipt = await drafted(world)
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'estimated' })
    expect(receipt.settled).toBe(receipt.attempts[0]?.held)
    expect(receipt.settled).toBeGreaterThan(0n)
  })

  test('whose counts contradict each other is settled at the dearer reading, and marked', async () => {
    await using world = await given({ keys: ['compatible'] })
    world.simulator.plan({ provider: 'compatible', next: ['parts-too-few'] })
    const { certainty, settled, attempts } = await drafted(world)
    const billed = world.simulator.calls().at(-1)?.picodollars ?? 0n
    expect(certainty).toBe('estimated')
    expect(settled).toBe(billed + 100n * 2_000_000n)
    expect(attempts[0]).toMatchObject({ likely: billed, flaw: { of: 'total' } })
  })
})

describe('an endpoint of one’s own', () => {
  test('that lists no models drafts with the one that the admin names and prices', async () => {
    await using world = await given({ keys: [] })
    const endpoint = at(world, 'plain', 'plain')
    const unnamed = await connect(world, { endpoint, price: { terms: free } })
    expect(unnamed.problem).toMatchObject({ slug: 'no-usable-model' })
    expect(world.simulator.calls()).toEqual([])
    const price = { model: 'in-house-1', terms: { kind: 'price', perMillion: flat('0.20', '0.80') } }
    expect((await connect(world, { endpoint, price })).status).toBe(201)
    const before = await world.bill()
    const receipt = await drafted(world)
    expect(receipt).toMatchObject({ certainty: 'exact', model: 'in-house-1' })
    expect(receipt.settled).toBe((await world.bill()) - before)
  })

  test('without a price for any of its models is not asked for an answer', async () => {
    await using world = await given({ keys: [] })
    const { problem } = await connect(world, { endpoint: at(world, 'vllm', 'openai') })
    expect(problem).toMatchObject({ slug: 'no-usable-model', facts: { provider: 'compatible' } })
    expect(world.simulator.calls()).toEqual([])
  })

  test('whose key is refused is not connected, and a model that it does not have says so', async () => {
    await using world = await given({ keys: [] })
    const endpoint = at(world, 'mistral', 'mistral')
    const refused = await connect(world, { endpoint, key: 'wrong', price: { terms: free } })
    expect(refused.problem).toMatchObject({ slug: 'key-refused', facts: { reason: 'key-invalid' } })
    const price = { model: 'in-house-9', terms: free }
    const missing = await connect(world, { endpoint: at(world, 'plain', 'plain'), price })
    expect(missing.problem?.slug).toMatch(/^key-(refused|unverified)$/)
  })
})
