import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HoldRequest } from '../../server/domain/books/ledger.ts'
import { SILENCE_MS } from '../../server/domain/books/vaults.ts'
import { dollars } from '../../shared/money.ts'
import {
  ReceiptChanges,
  ReceiptChangesQuery,
  ReceiptQuery,
  type ReceiptSummary,
} from '../../shared/receipts.ts'
import { answered, type Books, broken, failedFree, givenBooks } from './desk.ts'

const BOUND = dollars('0.10')

/** A copy of the receipts as a browser keeps it. */
type Copy = { readonly kept: Map<string, ReceiptSummary>; after: string | undefined; reads: number }
const emptyCopy = (): Copy => ({ kept: new Map(), after: undefined, reads: 0 })

const changesOf = (books: Books, query: object, memberId?: string) =>
  books.receipts.changes(books.workspace, ReceiptChangesQuery.parse(query), memberId)

/** Reads one page into the copy; tells whether there is more. */
const readOn = async (books: Books, copy: Copy, limit: number): Promise<boolean> => {
  const page = await changesOf(books, { limit, ...(copy.after && { after: copy.after }) })
  for (const receipt of page.receipts) copy.kept.set(receipt.id, receipt)
  copy.after = page.next
  copy.reads += 1
  return page.more
}

const catchUp = async (books: Books, copy: Copy): Promise<void> => {
  while (await readOn(books, copy, 3));
}

const listed = async (books: Books): Promise<ReceiptSummary[]> =>
  (await books.receipts.list(books.workspace, ReceiptQuery.parse({ limit: 200 }))).receipts

const inCopy = ({ kept }: Copy): ReceiptSummary[] =>
  [...kept.values()].toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))

const expectSame = async (books: Books, copy: Copy): Promise<void> => {
  await catchUp(books, copy)
  expect(inCopy(copy)).toEqual(await listed(books))
}

const step = fc.record({
  do: fc.constantFrom('hold', 'settle', 'fail', 'break', 'again', 'sweep', 'read'),
  which: fc.nat(20),
})
type Step = { readonly do: string; readonly which: number }

const takeOne = (calls: HoldRequest[], { which }: Step): HoldRequest | undefined =>
  calls.splice(which % Math.max(1, calls.length), 1)[0]

const hold = async ({ ledger }: Books, calls: HoldRequest[], call: HoldRequest): Promise<void> => {
  if ((await ledger.hold(call)).held) calls.push(call)
}

const end = async (books: Books, calls: HoldRequest[], asked: Step): Promise<void> => {
  const call = takeOne(calls, asked)
  if (call === undefined) return
  if (asked.do === 'settle') return books.ledger.settle(answered(call, dollars('0.02')))
  if (asked.do === 'fail') return books.ledger.settle(failedFree(call))
  await books.ledger.settle(broken(call))
  const next = books.request(BOUND, { receipt: call.receipt.id, number: call.attempt.number + 1 })
  if (asked.do === 'again') await hold(books, calls, next)
}

const play = async (books: Books, calls: HoldRequest[], copy: Copy, asked: Step): Promise<void> => {
  books.clock.now += 1
  if (asked.do === 'hold') return hold(books, calls, books.request(BOUND))
  if (asked.do === 'read') return void (await readOn(books, copy, 1 + (asked.which % 4)))
  if (asked.do !== 'sweep') return end(books, calls, asked)
  books.clock.now += SILENCE_MS + 1
  await books.ledger.sweep()
  await books.vaults.heartbeat(books.vault)
}

describe('a copy of the receipts that is kept in step', () => {
  test('ends equal to the list, however holds, endings and sweeps fall between its reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const books = await givenBooks()
        const [calls, copy]: [HoldRequest[], Copy] = [[], emptyCopy()]
        for (const asked of steps) await play(books, calls, copy, asked)
        await expectSame(books, copy)
        await books.database.close()
      }),
      { numRuns: 60 },
    )
  })

  test('also when everything happens at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const books = await givenBooks()
        const [calls, copy]: [HoldRequest[], Copy] = [[], emptyCopy()]
        const reads = steps.filter((one) => one.do === 'read')
        const writes = Promise.all(
          steps.filter((one) => one.do !== 'read').map((one) => play(books, calls, copy, one)),
        )
        for (const read of reads) await play(books, calls, copy, read)
        await writes
        await expectSame(books, copy)
        await books.database.close()
      }),
      { numRuns: 40 },
    )
  })

  test('is told only what is new: an ended call comes again, and nothing else', async () => {
    const books = await givenBooks()
    const copy = emptyCopy()
    const calls = [books.request(BOUND), books.request(BOUND), books.request(BOUND)]
    for (const call of calls) await books.ledger.hold(call)
    await catchUp(books, copy)
    const nothing = await changesOf(books, { after: copy.after })
    expect(nothing).toMatchObject({ receipts: [], next: copy.after, more: false })
    const [, second] = calls
    if (second === undefined) throw new Error('there were three calls')
    await books.ledger.settle(answered(second, dollars('0.02')))
    const { receipts, more } = await changesOf(books, { after: nothing.next })
    expect(receipts).toMatchObject([{ id: second.receipt.id, outcome: 'answered', settled: dollars('0.02') }])
    expect(more).toBe(false)
    await books.database.close()
  })

  test('begins at the first receipt, those included that were written before changes were numbered', async () => {
    const books = await givenBooks()
    for (let count = 0; count < 5; count += 1) await books.ledger.hold(books.request(BOUND))
    await books.database.db.updateTable('receipts').set({ changed_seq: 0 }).execute()
    await books.ledger.hold(books.request(BOUND))
    await expectSame(books, emptyCopy())
    await books.database.close()
  })

  test('of one member has nothing of others, and says so', async () => {
    const books = await givenBooks()
    const other = await books.addMember('Ravi')
    await books.ledger.hold(books.request(BOUND))
    const own = books.request(BOUND, { member: other })
    await books.ledger.hold(own)
    const changes = await changesOf(books, {}, other)
    expect(changes).toMatchObject({ whose: 'own', receipts: [{ id: own.receipt.id }], prunedBefore: null })
    expect((await changesOf(books, {})).whose).toBe('everybody')
    expect(ReceiptChanges.parse(JSON.parse(JSON.stringify(ReceiptChanges.encode(changes))))).toEqual(changes)
    await books.database.close()
  })

  test('of another workspace is empty', async () => {
    const books = await givenBooks()
    await books.ledger.hold(books.request(BOUND))
    const { workspace } = await books.addWorkspace()
    const { receipts } = await books.receipts.changes(workspace, ReceiptChangesQuery.parse({}))
    expect(receipts).toEqual([])
    await books.database.close()
  })

  test.each(['x', '!!!', 'MTIz', Buffer.from("1.' or 1=1 --").toString('base64url')])(
    'refuses %j as a place in the changes',
    async (after) => {
      const books = await givenBooks()
      await expect(changesOf(books, { after })).rejects.toMatchObject({ slug: 'malformed-request' })
      await books.database.close()
    },
  )
})
