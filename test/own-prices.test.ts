import { describe, expect, test } from 'vitest'
import { link } from '../server/crypto/chain.ts'
import { catalogue } from '../server/domain/prices/model-catalogue.ts'
import { pricingFrom, pricingWith, type StoredPrice } from '../server/domain/prices/own-prices.ts'
import { auditAppender } from '../server/store/books/audit.ts'
import { sqlOwnPrices } from '../server/store/keys/own-prices.ts'
import { AuditPage } from '../shared/audit.ts'
import { ModelPrice, type PriceChange, PriceList } from '../shared/books/prices.ts'
import { Key, KeyConnected } from '../shared/keys.ts'
import { dollars } from '../shared/money.ts'
import { buckets } from '../shared/providers.ts'
import { Receipt } from '../shared/receipts.ts'
import { givenBooks, NOON } from './books/desk.ts'
import { given, simulatorKeys, type World } from './world.ts'

const HAIKU = { provider: 'anthropic', model: 'claude-haiku-5-5' } as const
const halfOfHaiku = {
  freshInput: '0.05',
  cacheRead: '0.005',
  cacheWrite5m: '0.0625',
  cacheWrite30m: '0.10',
  cacheWrite1h: '0.10',
  output: '0.25',
  reasoning: '0.25',
}

const set = (world: World, body: object) => world.owner.change('POST', '/v1/prices', body, ModelPrice)
const refused = async (world: World, body: object) => {
  const { status, problem } = await world.owner.request('POST', '/v1/prices', body)
  return { status, slug: problem?.slug, facts: problem?.facts }
}
const asked = async (world: World): Promise<Receipt> => {
  const { receipt } = await world.owner.ask('Where is my parcel?')
  if (receipt === undefined) throw new Error('there is no receipt')
  return receipt
}
/** What the receipt's call costs by picodollars per token of input and output; these calls are too short to be cached. */
const costAt = ({ attempts }: Receipt, input: bigint, output: bigint): bigint => {
  const usage = attempts[0]?.usage
  return BigInt(usage?.freshInput ?? 0) * input + BigInt(usage?.output ?? 0) * output
}
const again = (world: World, { id }: Receipt) => world.owner.read(`/v1/receipts/${id}`, Receipt)

describe('an own price', () => {
  test('counts from the next call on, in the bound and in the cost, and leaves old receipts alone', async () => {
    await using world = await given()
    const before = await asked(world)
    await set(world, { ...HAIKU, terms: { kind: 'price', perMillion: halfOfHaiku } })
    const after = await asked(world)
    const [old, own] = [before.attempts[0], after.attempts[0]]
    expect(old?.settled).toBe(costAt(before, 100_000n, 500_000n))
    expect(own?.settled).toBe(costAt(after, 50_000n, 250_000n))
    expect(own?.held).toBeLessThan(((old?.held ?? 0n) * 9n) / 10n)
    expect(own?.price).toMatchObject({ own: { kind: 'price', by: 'Olive Owner', percent: null } })
    expect(own?.price.id).toMatch(/^own\//)
    expect(old?.price.own).toBeNull()
    expect(await again(world, before)).toEqual(before)

    await set(world, { ...HAIKU, terms: { kind: 'discount', percent: '75' } })
    const last = await asked(world)
    expect(last.settled).toBe(costAt(last, 25_000n, 125_000n))
    expect(await again(world, after)).toEqual(after)
    expect(await again(world, before)).toEqual(before)

    await set(world, { ...HAIKU, terms: { kind: 'list' } })
    expect((await asked(world)).attempts[0]?.price).toEqual(old?.price)
  })

  test('is only ever followed by another one, and all of them stay in sight with who set them', async () => {
    await using world = await given()
    await set(world, { ...HAIKU, terms: { kind: 'discount', percent: '10' } })
    await set(world, { ...HAIKU, terms: { kind: 'discount', percent: '12.5' } })
    const last = await set(world, { ...HAIKU, terms: { kind: 'list' } })
    expect(last.own.map(({ terms }) => terms)).toEqual([
      { kind: 'list' },
      { kind: 'discount', percent: '12.5' },
      { kind: 'discount', percent: '10' },
    ])
    const { prices } = await world.owner.read('/v1/prices', PriceList)
    const haiku = prices.find(({ model }) => model === HAIKU.model)
    expect(haiku).toMatchObject({ inUse: true, own: last.own, list: { longOver: 100_000 } })
    expect(haiku?.list?.perMillion.output).toBe(dollars('0.50'))
    expect(haiku?.own.map(({ setBy }) => setBy)).toEqual(['Olive Owner', 'Olive Owner', 'Olive Owner'])
    const { entries } = await world.owner.read('/v1/audit?kind=price-set', AuditPage)
    expect(entries.map(({ facts }) => facts)).toEqual([
      { ...HAIKU, terms: 'list', termsBefore: 'discount', percentBefore: '12.5' },
      { ...HAIKU, terms: 'discount', percent: '12.5', termsBefore: 'discount', percentBefore: '10' },
      { ...HAIKU, terms: 'discount', percent: '10', termsBefore: 'list' },
    ])
  })

  test('is said once for a model, however many keys may use it', async () => {
    await using world = await given()
    const connection = { provider: 'anthropic', key: simulatorKeys.anthropic, label: 'Billing' }
    await world.owner.change('POST', '/v1/keys', connection, KeyConnected)
    const { prices } = await world.owner.read('/v1/prices', PriceList)
    const names = prices.map(({ provider, model }) => `${provider}/${model}`)
    expect(new Set(names).size).toBe(names.length)
    expect(prices.filter(({ inUse }) => inUse)).toMatchObject([{ model: HAIKU.model }])
  })

  test('far from the list price is refused until somebody says that it is meant', async () => {
    await using world = await given()
    const terms = (output: string) => ({ kind: 'price', perMillion: { ...halfOfHaiku, output } })
    for (const output of ['0.004999', '5.000001']) {
      expect(await refused(world, { ...HAIKU, terms: terms(output) })).toEqual({
        status: 422,
        slug: 'price-unusual',
        facts: { bucket: 'output', asked: dollars(output), listed: dollars('0.50') },
      })
    }
    for (const output of ['0.005', '5.00']) await set(world, { ...HAIKU, terms: terms(output) })
    await set(world, { ...HAIKU, terms: terms('999'), confirmed: true })
    expect((await world.owner.read('/v1/audit?kind=price-set', AuditPage)).entries.length).toBe(3)
  })

  test('that is no price is refused, confirmed or not', async () => {
    await using world = await given()
    const terms = (output: string) => ({ kind: 'price', perMillion: { ...halfOfHaiku, output } })
    for (const wrong of ['-1', '0', '0.0000001', '1000.01', 'free', ''])
      expect(await refused(world, { ...HAIKU, terms: terms(wrong), confirmed: true }), wrong).toMatchObject({
        slug: 'malformed-request',
      })
    for (const percent of ['0', '0.00', '99.01', '100', '-5', '5.125', 'all'])
      expect(await refused(world, { ...HAIKU, terms: { kind: 'discount', percent } }), percent).toMatchObject(
        {
          slug: 'malformed-request',
        },
      )
    const { output: _, ...incomplete } = halfOfHaiku
    const some = { ...HAIKU, terms: { kind: 'price', perMillion: incomplete } }
    expect(await refused(world, some)).toMatchObject({ slug: 'malformed-request' })
    const ceiling = { ...HAIKU, terms: { kind: 'ceiling', input: '1', output: '1' } }
    expect(await refused(world, ceiling)).toMatchObject({ slug: 'malformed-request' })
    const unknown = { ...HAIKU, model: 'claude-9', terms: { kind: 'discount', percent: '10' } }
    expect(await refused(world, unknown)).toMatchObject({ slug: 'model-unpriced' })
    expect((await world.owner.read('/v1/audit?kind=price-set', AuditPage)).entries).toEqual([])
  })

  test('keeps the dearer list price of long requests, while a discount lowers that too', () => {
    const at = Date.parse('2026-11-21T12:00:00Z')
    const own = (terms: PriceChange['terms']): StoredPrice[] => [
      { ...HAIKU, id: crypto.randomUUID(), terms, setBy: 'Olive', setAt: at },
    ]
    const long = (terms: PriceChange['terms']) =>
      pricingWith(own(terms))(HAIKU.provider, HAIKU.model, at)?.entry.long?.rates.output
    const perMillion = { ...rates('0.05'), output: dollars('0.25') }
    expect(long({ kind: 'price', perMillion })).toBe(2_500_000n)
    expect(long({ kind: 'discount', percent: '20' })).toBe(2_000_000n)
    expect(pricingWith(own({ kind: 'list' }))(HAIKU.provider, HAIKU.model, at)?.entry.own).toBeUndefined()
  })

  test('is one workspace’s own: another one neither sees it nor pays it', async () => {
    const { database, workspace, member, addWorkspace } = await givenBooks()
    const other = await addWorkspace()
    const store = sqlOwnPrices(database, auditAppender({ now: () => NOON, link }))
    const terms = { kind: 'discount', percent: '50' } as const
    const price = { ...HAIKU, id: crypto.randomUUID(), terms, setAt: NOON, setById: member }
    const record = { workspaceId: workspace, kind: 'price-set', memberId: member, facts: {} } as const
    await store.add(workspace, price, record)
    const kindIn = async (workspaceId: string) =>
      (await pricingFrom({ ownPrices: store })(workspaceId))(HAIKU.provider, HAIKU.model, NOON)?.entry.own
        ?.kind
    expect(await kindIn(workspace)).toBe('discount')
    expect(await kindIn(other.workspace)).toBeUndefined()
    expect(await store.list(other.workspace)).toEqual([])
    await database.close()
  })

  test('is not in force before it was set', () => {
    const at = Date.parse('2026-11-21T12:00:00Z')
    const terms = { kind: 'discount', percent: '50' } as const
    const pricing = pricingWith([{ ...HAIKU, id: crypto.randomUUID(), terms, setBy: 'Olive', setAt: at }])
    expect(pricing(HAIKU.provider, HAIKU.model, at - 1)?.entry.own).toBeUndefined()
    expect(pricing(HAIKU.provider, HAIKU.model, at)?.entry.own?.kind).toBe('discount')
  })

  test('as a discount never makes anything free, whatever the model', () => {
    const at = Date.parse('2026-11-21T12:00:00Z')
    for (const { provider, id } of catalogue) {
      const terms = { kind: 'discount', percent: '99' } as const
      const pricing = pricingWith([{ provider, model: id, id: 'x', terms, setBy: 'Olive', setAt: at }])
      const entry = pricing(provider, id, at)?.entry
      for (const bucket of buckets) expect(entry?.rates[bucket] ?? 0n).toBeGreaterThan(0n)
    }
  })
})

const rates = (amount: string) => {
  const each = dollars(amount)
  return {
    freshInput: each,
    cacheRead: each,
    cacheWrite5m: each,
    cacheWrite30m: each,
    cacheWrite1h: each,
    output: each,
    reasoning: each,
  }
}

/** A moment when the provider still sold a model that our table does not price. */
const january = (): (() => number) => {
  const began = Date.now()
  return () => Date.parse('2026-01-10T12:00:00Z') + Date.now() - began
}

describe('a model without a price', () => {
  const UNPRICED = 'claude-3-7-sonnet-20250219'

  test('is refused until an admin sets a ceiling, and then counts at it, marked', async () => {
    await using world = await given({ keys: [], now: january() })
    const { key } = await world.owner.connectKey('anthropic')
    const choose = () => world.owner.request('PATCH', `/v1/keys/${key.id}`, { model: UNPRICED })
    expect((await choose()).problem?.slug).toBe('model-unpriced')

    const terms = { kind: 'ceiling', input: '4', output: '20' }
    await set(world, { provider: 'anthropic', model: UNPRICED, terms })
    expect((await choose()).status).toBe(200)
    const billed = await world.bill()
    const { settled } = await world.owner.cap()
    const receipt = await asked(world)
    const [attempt] = receipt.attempts
    expect(attempt).toMatchObject({ model: UNPRICED, outcome: 'answered', certainty: 'estimated' })
    expect(attempt?.price.own).toMatchObject({ kind: 'ceiling', by: 'Olive Owner' })
    const { freshInput = 0, output = 0 } = attempt?.usage ?? {}
    expect(attempt?.settled).toBe(BigInt(freshInput) * 4_000_000n + BigInt(output) * 20_000_000n)
    expect(attempt?.settled).toBeGreaterThan((await world.bill()) - billed)
    expect((await world.owner.cap()).settled - settled).toBe(attempt?.settled)
    expect(attempt?.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(attempt?.settled)
    const status = await world.owner.status()
    expect(status.drafting).toMatchObject({ model: UNPRICED, perMillion: { output: dollars('20') } })
  })

  test('stops drafting when its ceiling is taken away', async () => {
    await using world = await given({ keys: [], now: january() })
    const { key } = await world.owner.connectKey('anthropic')
    const ceiling = { kind: 'ceiling', input: '4', output: '20' }
    await set(world, { provider: 'anthropic', model: UNPRICED, terms: ceiling })
    await world.owner.change('PATCH', `/v1/keys/${key.id}`, { model: UNPRICED }, Key)
    await set(world, { provider: 'anthropic', model: UNPRICED, terms: { kind: 'list' } })
    expect((await world.owner.ask('Where is it?')).problem?.slug).toBe('model-unpriced')
    const { ai, drafting } = await world.owner.status()
    expect([ai, drafting]).toEqual([{ on: false, paused: 'model-unpriced', cap: null, urgent: false }, null])
  })
})

describe('a model of an endpoint of one’s own', () => {
  const LOCAL = { provider: 'compatible', model: 'llama3.2' } as const
  const at = Date.now()
  const costsUnder = (terms: PriceChange['terms']) =>
    pricingWith([{ ...LOCAL, id: 'x', terms, setBy: 'Olive', setAt: at }])('compatible', LOCAL.model, at)
      ?.entry

  test('costs what an admin says, or nothing, and is refused until somebody says which', () => {
    expect(costsUnder({ kind: 'list' })).toBeUndefined()
    const free = costsUnder({ kind: 'free' })
    expect(free?.own).toMatchObject({ kind: 'free', by: 'Olive' })
    expect(free?.rates).toEqual(rates('0'))
    const perMillion = { ...rates('0.40'), output: dollars('2') }
    const priced = costsUnder({ kind: 'price', perMillion })
    expect(priced?.own).toMatchObject({ kind: 'price', by: 'Olive' })
    expect([priced?.rates.freshInput, priced?.rates.output]).toEqual([400_000n, 2_000_000n])
  })

  test('is free by an entry that an auditor reads, while no provider’s model is', async () => {
    await using world = await given({ keys: [] })
    const { own, list } = await set(world, { ...LOCAL, terms: { kind: 'free' } })
    expect([own.map(({ terms }) => terms), list]).toEqual([[{ kind: 'free' }], null])
    expect((await world.owner.read('/v1/audit?kind=price-set', AuditPage)).entries).toMatchObject([
      { facts: { ...LOCAL, terms: 'free', termsBefore: 'list' } },
    ])
    expect(await refused(world, { ...HAIKU, terms: { kind: 'free' } })).toMatchObject({
      slug: 'malformed-request',
    })
    const bedrock = { provider: 'bedrock', model: 'anthropic.unheard-of', terms: { kind: 'free' } }
    expect(await refused(world, bedrock)).toMatchObject({ slug: 'malformed-request' })
  })
})
