import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HoldRequest } from '../../server/domain/books/ledger.ts'
import { SILENCE_MS } from '../../server/domain/books/vaults.ts'
import { dollars, pico } from '../../shared/money.ts'
import { countEverywhere } from './agreement.ts'
import { answered, type Books, broken, failedFree, givenBooks } from './desk.ts'

const LIMIT = dollars('1')

type Step =
  | { readonly do: 'hold'; readonly cents: number }
  | {
      readonly do: 'next-attempt' | 'settle' | 'fail' | 'break'
      readonly which: number
      readonly cents: number
    }
  | { readonly do: 'crash' | 'next-month' | 'lower' | 'raise' }

const cents = fc.integer({ min: 0, max: 40 })
const which = fc.nat(20)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), cents }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('next-attempt' as const, 'settle' as const, 'fail' as const, 'break' as const),
        which,
        cents,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('crash' as const, 'next-month' as const, 'lower' as const, 'raise' as const),
      }),
    },
  ),
  { maxLength: 40 },
)

const amount = (count: number) => pico(BigInt(count) * 10_000_000_000n)

/** Holds whose settlement has not been told yet, also those that a sweep has closed meanwhile. */
type Calls = HoldRequest[]

const hold = async ({ ledger }: Books, calls: Calls, call: HoldRequest): Promise<void> => {
  if ((await ledger.hold(call)).held) calls.push(call)
}

const settleOne = async (
  { ledger, request }: Books,
  calls: Calls,
  step: Extract<Step, { which: number }>,
) => {
  const [call] = calls.splice(step.which % Math.max(1, calls.length), 1)
  if (call === undefined) return
  if (step.do === 'fail') return ledger.settle(failedFree(call))
  if (step.do === 'break') return ledger.settle(broken(call))
  if (step.do === 'settle') return ledger.settle(answered(call, pico(call.bound / 3n)))
  await ledger.settle(step.cents % 2 === 0 ? failedFree(call) : broken(call))
  const next = request(amount(step.cents), { receipt: call.receipt.id, number: call.attempt.number + 1 })
  if ((await ledger.hold(next)).held) calls.push(next)
}

const crash = async ({ ledger, clock, vaults, vault }: Books): Promise<void> => {
  clock.now += SILENCE_MS + 1
  await ledger.sweep()
  await vaults.heartbeat(vault)
}

const play = async (books: Books, calls: Calls, step: Step): Promise<void> => {
  if (step.do === 'hold') return hold(books, calls, books.request(amount(step.cents)))
  if ('which' in step) return settleOne(books, calls, step)
  if (step.do === 'crash') return crash(books)
  if (step.do === 'lower') return void (await books.setCap('0.30'))
  if (step.do === 'raise') return void (await books.setCap('1.00'))
  books.clock.now += 31 * 86_400_000
  await books.vaults.heartbeat(books.vault)
}

const same = (figures: Record<string, bigint>): boolean => new Set(Object.values(figures)).size === 1

const checkBooks = async (books: Books): Promise<void> => {
  const counted = await countEverywhere(books)
  expect(same(counted.settled), 'settled').toBe(true)
  expect(same(counted.held), 'held').toBe(true)
  expect(counted.running).toBe(counted.open)
  expect(counted.chain).toBe(true)
  const { settled, held } = await books.cap()
  expect(settled + held <= LIMIT).toBe(true)
}

describe('after any schedule of holds, endings, crashes, months and caps', () => {
  test('the counters, the lines, the attempts, the receipts and the chain say the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const books = await givenBooks()
        await books.setCap('1.00')
        const calls: Calls = []
        for (const step of schedule) await play(books, calls, step)
        await checkBooks(books)
        await books.database.close()
      }),
      { numRuns: 60 },
    )
  })

  test('also when everything happens at once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const books = await givenBooks()
        await books.setCap('1.00')
        const calls: Calls = []
        await Promise.all(schedule.map((step) => play(books, calls, step)))
        await checkBooks(books)
        await books.database.close()
      }),
      { numRuns: 40 },
    )
  })
})
