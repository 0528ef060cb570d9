import { describe, expect, test } from 'vitest'
import { AuditPage } from '../../shared/audit.ts'
import { PriceList } from '../../shared/books/prices.ts'
import { flat, given, simulatorKeys, type World } from '../world.ts'

const free = { kind: 'free' }
const priced = { kind: 'price', perMillion: flat('0.40', '2.00') }

const connect = (world: World, dialect: 'mistral' | 'ollama', more: object = {}) =>
  world.owner.request('POST', '/v1/keys', {
    provider: 'compatible',
    key: simulatorKeys.compatible,
    endpoint: { kind: 'address', address: world.simulator.compatibleUrl(dialect), dialect },
    ...more,
  })

/** The models that have a price, each with the kinds that were said, the newest first. */
const pricesIn = async (world: World) => {
  const { prices } = await world.owner.read('/v1/prices', PriceList)
  const said = prices.filter(({ own }) => own.length > 0)
  return Object.fromEntries(said.map(({ model, own }) => [model, own.map(({ terms }) => terms.kind)]))
}

describe('a price that is said together with the key of an endpoint', () => {
  test('is that of every model that the endpoint lists, each in the log', async () => {
    await using world = await given({ keys: [] })
    expect((await connect(world, 'ollama', { price: { terms: free } })).status).toBe(201)
    expect(await pricesIn(world)).toEqual({ 'llama3.2:latest': ['free'], 'qwen3:8b': ['free'] })
    const { entries } = await world.owner.read('/v1/audit?kind=price-set', AuditPage)
    expect(entries.map(({ facts }) => facts.model).toSorted()).toEqual(['llama3.2:latest', 'qwen3:8b'])
  })

  test('leaves alone what has a price, unless that model is named', async () => {
    await using world = await given({ keys: [] })
    const price = { model: 'mistral-medium-2508', terms: priced }
    expect((await connect(world, 'mistral', { price })).status).toBe(201)
    expect(await pricesIn(world)).toEqual({ 'mistral-medium-2508': ['price'] })
    expect((await connect(world, 'mistral', { label: 'Second', price: { terms: free } })).status).toBe(201)
    expect(await pricesIn(world)).toEqual({ 'mistral-medium-2508': ['price'], 'ministral-8b-2410': ['free'] })
    const again = { label: 'Third', price: { ...price, terms: free } }
    expect((await connect(world, 'mistral', again)).status).toBe(201)
    expect(await pricesIn(world)).toMatchObject({ 'mistral-medium-2508': ['free', 'price'] })
  })

  test('of a model that the endpoint does not list is not written down', async () => {
    await using world = await given({ keys: [] })
    const answer = await connect(world, 'mistral', { price: { model: 'mistral-of-tomorrow', terms: free } })
    expect(answer.problem?.slug).toBe('no-usable-model')
    expect(await pricesIn(world)).toEqual({})
    expect(world.simulator.calls()).toEqual([])
  })

  test('is none for a provider that sells its models, and nothing is asked or written', async () => {
    await using world = await given({ keys: [] })
    const body = { provider: 'anthropic', key: simulatorKeys.anthropic, price: { terms: free } }
    const answer = await world.owner.request('POST', '/v1/keys', body)
    expect(answer.problem).toMatchObject({
      slug: 'malformed-request',
      facts: { issues: [{ path: 'price' }] },
    })
    expect(world.simulator.requests()).toEqual([])
    expect(await pricesIn(world)).toEqual({})
  })
})
