import { describe, expect, test } from 'vitest'
import { ModelPrice } from '../../shared/books/prices.ts'
import { Key, KeyList } from '../../shared/keys.ts'
import { compared, type Desk, drafted, expectExplained, givenDesk, reasonsOf } from './desk.ts'

const JANUARY = Date.parse('2026-01-10T09:30:20Z')
/** A model that the simulator sells in January, and that our table does not price. */
const UNPRICED = 'claude-3-7-sonnet-20250219'

const models = { anthropic: 'claude-haiku-5-5', openai: 'gpt-6-luna' } as const

const priced = ({ owner, provider }: Desk, terms: object, model: string = models[provider]) =>
  owner.change('POST', '/v1/prices', { provider, model, terms }, ModelPrice)

describe.for(['anthropic', 'openai'] as const)('a statement of %s with an own price', (provider) => {
  const tolerance = provider === 'openai' ? 1_000_000n : 0n

  test('names it and who set it, since the report is by the list', async () => {
    await using desk = await givenDesk(provider)
    await drafted(desk)
    await priced(desk, { kind: 'discount', percent: '20' })
    const { receipt, call } = await drafted(desk, 'Where is my other parcel?')
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['own-price'])
    const [difference] = statement.rows[0]?.differences ?? []
    expect(difference).toMatchObject({
      requests: 0,
      tokens: 0,
      own: [{ kind: 'discount', percent: '20', by: 'Olive Owner' }],
    })
    const above = (call?.picodollars ?? 0n) - (receipt?.settled ?? 0n)
    expect(above).toBeGreaterThan(0n)
    const off = above - (difference?.amount ?? 0n)
    expect(off <= tolerance && -off <= tolerance).toBe(true)
    expectExplained(statement, tolerance)
  })

  test('is equal where the report has the same discount', async () => {
    await using desk = await givenDesk(provider)
    await priced(desk, { kind: 'discount', percent: '20' })
    desk.simulator.reprice(models[provider], 80)
    await drafted(desk)
    expect(reasonsOf(await compared(desk))).toEqual([])
  })

  test('tells what the own price does not explain apart', async () => {
    await using desk = await givenDesk(provider)
    await priced(desk, { kind: 'discount', percent: '20' })
    desk.simulator.reprice(models[provider], 150)
    await drafted(desk)
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['own-price', 'price'])
    expectExplained(statement, tolerance)
  })

  test('does not blame the own price for what it makes no better', async () => {
    await using desk = await givenDesk(provider)
    await priced(desk, { kind: 'discount', percent: '20' })
    desk.simulator.reprice(models[provider], 60)
    await drafted(desk)
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['price'])
    expectExplained(statement, tolerance)
  })
})

test('a model that counts at a ceiling stays an estimate, and the statement tells what the report says below it', async () => {
  await using desk = await givenDesk('anthropic', JANUARY)
  const [key] = (await desk.owner.read('/v1/keys', KeyList)).keys
  await priced(desk, { kind: 'ceiling', input: '4', output: '20' }, UNPRICED)
  await desk.owner.change('PATCH', `/v1/keys/${key?.id}`, { model: UNPRICED }, Key)
  const { receipt, call } = await drafted(desk)
  const statement = await compared(desk)
  const row = statement.rows.find(({ model }) => model === UNPRICED)
  expect(row?.ours.amount).toBe(receipt?.settled)
  expect(row?.reported.amount).toBe(call?.picodollars)
  expect(row?.differences).toMatchObject([{ reason: 'own-price', own: [{ kind: 'ceiling' }] }])
  expectExplained(statement)
  const [after] = (await desk.owner.receipts()).filter(({ id }) => id === receipt?.id)
  expect(after).toMatchObject({ certainty: 'estimated', settled: receipt?.settled })
})
