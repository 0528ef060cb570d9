import { describe, expect, test } from 'vitest'
import { contradiction, disjoint, numbersIn } from '../server/providers/counts.ts'
import type { ReportingProvider } from '../shared/providers.ts'
import { noUsage } from '../shared/providers.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { caughtIn, caughtUnder } from './canaries.ts'
import type { Behaviour } from './provider/behaviours.ts'
import { remarks } from './provider/dialect.ts'
import { given } from './world.ts'

/** What the simulator says beside its contradicting counts; it must not be written anywhere. */
const remark = { name: 'remark', text: remarks.remark }

const misreported = async (provider: ReportingProvider, behaviour: Behaviour) => {
  await using world = await given({ keys: [provider] })
  const before = await world.bill()
  world.simulator.plan({ provider, next: [behaviour] })
  const { receipt, text } = await world.owner.ask('Where is my parcel?')
  const bill = (await world.bill()) - before
  const flawed = await world.owner.read('/v1/receipts?flawed=yes', ReceiptPage)
  const all = await world.owner.read('/v1/receipts', ReceiptPage)
  const answers = world.owner.answers().join('\n')
  const kept = caughtUnder(world.folder, [remark]).concat(caughtIn(await world.stored(), [remark]))
  expect([...kept, ...caughtIn(answers + world.output(), [remark])]).toEqual([])
  return { attempt: receipt?.attempts[0], receipt, text, bill, flawed: flawed.receipts, all: all.receipts }
}

describe('usage that does not add up', () => {
  test.each([
    [
      'anthropic',
      'parts-too-many',
      { of: 'input' },
      'message_start.cache_creation.ephemeral_1h_input_tokens',
    ],
    ['anthropic', 'parts-too-few', { of: 'input' }, 'message_delta.cache_creation_input_tokens'],
    ['openai', 'parts-too-many', { of: 'input' }, 'input_tokens_details.cached_tokens'],
    ['openai', 'parts-too-few', { of: 'total' }, 'total_tokens'],
  ] as const)('of %s (%s) flags the receipt and counts the larger reading', async (...row) => {
    const [provider, behaviour, flaw, count] = row
    const { attempt, receipt, text, bill, flawed, all } = await misreported(provider, behaviour)
    expect(text).not.toBe('')
    expect(receipt).toMatchObject({ outcome: 'answered', flawed: true, certainty: 'estimated' })
    expect(attempt?.flaw).toMatchObject(flaw)
    expect(Math.abs((attempt?.flaw?.counted ?? 0) - (attempt?.flaw?.told ?? 0))).toBe(100)
    expect(attempt?.settled).toBeGreaterThanOrEqual(bill)
    expect(attempt?.likely ?? 0n).toBeLessThanOrEqual(attempt?.settled ?? 0n)
    expect(attempt?.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(attempt?.settled)
    expect(attempt?.rawUsage?.[count]).toBeGreaterThan(0)
    expect(Object.keys(attempt?.rawUsage ?? {}).join()).not.toContain('remark')
    expect(flawed.map(({ id }) => id)).toEqual([receipt?.id])
    expect(all.length).toBe(2)
  })

  test('is what a whole answer does not have, whose numbers are kept all the same', async () => {
    await using world = await given({ keys: ['anthropic'] })
    const { receipt } = await world.owner.ask('Where is my parcel?')
    const [attempt] = receipt?.attempts ?? []
    expect(attempt).toMatchObject({ flaw: null, certainty: 'exact' })
    expect(receipt?.flawed).toBe(false)
    const { usage, rawUsage } = attempt ?? {}
    expect(rawUsage?.['message_start.input_tokens']).toBe(usage?.freshInput)
    expect(rawUsage?.['message_delta.output_tokens']).toBe((usage?.output ?? 0) + (usage?.reasoning ?? 0))
  })

  test('is read by kind and by totals, and what is missing of a total is read as output', () => {
    const usage = { ...noUsage, freshInput: 10, cacheRead: 5, output: 7, reasoning: 3 }
    expect(contradiction(usage, { ...usage, freshInput: 5, cacheRead: 10 })).toBeUndefined()
    expect(contradiction(usage, { ...usage, output: 0 })).toEqual({
      flaw: { of: 'output', counted: 10, told: 3 },
      otherwise: { ...usage, output: 0 },
    })
    const nested = { input: 15, cacheRead: 5, cacheWrite30m: 0, output: 10, reasoning: 3 }
    expect(disjoint({ ...nested, total: 25 })).toEqual({ usage, doubt: undefined })
    expect(disjoint({ ...nested, total: 30 }).doubt?.otherwise).toEqual({ ...usage, output: 12 })
    expect(disjoint({ ...nested, total: 20 }).doubt).toEqual({
      flaw: { of: 'total', counted: 25, told: 20 },
      otherwise: usage,
    })
  })

  test('is kept as numbers: a text among them is left out', () => {
    const told = { input_tokens: 5, note: 'Kanari', details: { cached: 2, model: 'Kanari', none: null } }
    expect(numbersIn(told)).toEqual({ input_tokens: 5, 'details.cached': 2 })
    expect(caughtIn(JSON.stringify(numbersIn(told)), [{ name: 'text', text: 'Kanari' }])).toEqual([])
  })
})
