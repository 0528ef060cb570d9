import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scopesOf } from '../../server/domain/books/caps.ts'
import type { HoldRequest } from '../../server/domain/books/ledger.ts'
import { SILENCE_MS } from '../../server/domain/books/vaults.ts'
import type { CapPlace } from '../../shared/cap.ts'
import { dollars, pico } from '../../shared/money.ts'
import { countEverywhere } from './agreement.ts'
import { answered, type Books, broken, failedFree, givenBooks, model, TIME_ZONE } from './desk.ts'

const LIMIT = dollars('1')

type Step =
  | { readonly do: 'hold'; readonly cents: number }
  | {
      readonly do: 'next-attempt' | 'settle' | 'fail' | 'break'
      readonly which: number
      readonly cents: number
    }
  | { readonly do: 'crash' | 'next-month' | 'next-day' | 'lower' | 'raise' }
  | { readonly do: 'cap' | 'uncap'; readonly which: number; readonly cents: number }

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
        do: fc.constantFrom(
          'crash' as const,
          'next-month' as const,
          'next-day' as const,
          'lower' as const,
          'raise' as const,
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('cap' as const, 'uncap' as const), which, cents }),
    },
  ),
  { maxLength: 40 },
)

const amount = (count: number) => pico(BigInt(count) * 10_000_000_000n)

/** Holds whose settlement has not been told yet, also those that a sweep has closed meanwhile. */
type Calls = HoldRequest[]

/** Every cap that may be set beside the workspace's month: two apply to what Mina asks on no channel, one to nothing. */
const placesOf = ({ member, workspace }: Books): readonly CapPlace[] => [
  { scope: 'workspace', id: '', kind: 'day' },
  { scope: 'member', id: member, kind: 'month' },
  { scope: 'member', id: member, kind: 'day' },
  { scope: 'model', id: `anthropic/${model.profile.id}`, kind: 'day' },
  { scope: 'model', id: `openai/${workspace}`, kind: 'month' },
]

const placeAt = (books: Books, { which: index }: { readonly which: number }): CapPlace => {
  const places = placesOf(books)
  return places[index % places.length] ?? { scope: 'workspace', id: '', kind: 'day' }
}

/** The invariant: what was granted leaves no cap that applies to it above its limit. One at a time, since a cap may be lowered at any moment. */
const expectWithin = async ({ ledger, workspace }: Books, { receipt, attempt }: HoldRequest) => {
  const { memberId, channelId } = receipt
  const { provider, model: name } = attempt
  const applying = scopesOf({ memberId, channelId, provider, model: name })
  for (const cap of await ledger.caps(workspace, TIME_ZONE, applying))
    expect(cap.settled + cap.held <= cap.limit, `${cap.scope} ${cap.kind}`).toBe(true)
}

const hold = async (books: Books, calls: Calls, call: HoldRequest, alone: boolean): Promise<void> => {
  if (!(await books.ledger.hold(call)).held) return
  calls.push(call)
  if (alone) await expectWithin(books, call)
}

type CapStep = Extract<Step, { cents: number; do: 'cap' | 'uncap' }>
type Ending = Exclude<Extract<Step, { which: number }>, CapStep>

const settleOne = async (books: Books, calls: Calls, step: Ending, alone: boolean) => {
  const { ledger, request } = books
  const [call] = calls.splice(step.which % Math.max(1, calls.length), 1)
  if (call === undefined) return
  if (step.do === 'fail') return ledger.settle(failedFree(call))
  if (step.do === 'break') return ledger.settle(broken(call))
  if (step.do === 'settle') return ledger.settle(answered(call, pico(call.bound / 3n)))
  await ledger.settle(step.cents % 2 === 0 ? failedFree(call) : broken(call))
  const next = request(amount(step.cents), { receipt: call.receipt.id, number: call.attempt.number + 1 })
  await hold(books, calls, next, alone)
}

const crash = async ({ ledger, clock, vaults, vault }: Books): Promise<void> => {
  clock.now += SILENCE_MS + 1
  await ledger.sweep()
  await vaults.heartbeat(vault)
}

const isCapStep = (step: Step): step is CapStep => step.do === 'cap' || step.do === 'uncap'

const changeCap = async (books: Books, step: CapStep): Promise<void> => {
  if (step.do === 'uncap') await books.removeCapOf(placeAt(books, step))
  else await books.setCapOf(placeAt(books, step), `0.${step.cents + 20}`)
}

const play = async (books: Books, calls: Calls, step: Step, alone: boolean): Promise<void> => {
  if (step.do === 'hold') return hold(books, calls, books.request(amount(step.cents)), alone)
  if (isCapStep(step)) return changeCap(books, step)
  if ('which' in step) return settleOne(books, calls, step, alone)
  if (step.do === 'crash') return crash(books)
  if (step.do === 'lower') return void (await books.setCap('0.30'))
  if (step.do === 'raise') return void (await books.setCap('1.00'))
  books.clock.now += (step.do === 'next-day' ? 1 : 31) * 86_400_000
  await books.vaults.heartbeat(books.vault)
}

const same = (figures: Record<string, bigint>): boolean => new Set(Object.values(figures)).size === 1

/** Whether each cap that is set counts what the calls of its period come to, whenever it was set. */
const expectCounted = async (books: Books): Promise<void> => {
  const { db } = books.database
  for (const cap of await books.caps()) {
    const mine = cap.scope !== 'model' || cap.id.startsWith('anthropic/')
    const rows = await db
      .selectFrom('attempts')
      .select('settled')
      .where('started_at', '>=', mine ? cap.period.startsAt : books.clock.now + 1)
      .where('started_at', '<', cap.period.endsAt)
      .execute()
    const spent = rows.reduce((sum, row) => sum + BigInt(String(row.settled)), 0n)
    expect(cap.settled, `${cap.scope} ${cap.kind}`).toBe(spent)
  }
}

const checkBooks = async (books: Books): Promise<void> => {
  const counted = await countEverywhere(books)
  expect(same(counted.settled), 'settled').toBe(true)
  expect(same(counted.held), 'held').toBe(true)
  expect(counted.running).toBe(counted.open)
  expect(counted.chain).toBe(true)
  expect(counted.everyCap).toBe(true)
  await expectCounted(books)
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
        for (const step of schedule) await play(books, calls, step, true)
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
        await Promise.all(schedule.map((step) => play(books, calls, step, false)))
        await checkBooks(books)
        await books.database.close()
      }),
      { numRuns: 40 },
    )
  })
})
