import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { link, walk } from '../server/crypto/chain.ts'
import { differences, type PlacedAmount, prunedFacts, readPruned } from '../server/domain/books/pruning.ts'
import { pruneReceipts } from '../server/domain/workspace/retention.ts'
import { auditAppender } from '../server/store/books/audit.ts'
import { wholeChain } from '../server/store/books/events.ts'
import { countedLines } from '../server/store/checks/sums.ts'
import { sqlPrunedBefore, sqlRetention } from '../server/store/workspace/retention.ts'
import { dollars, pico, zero } from '../shared/money.ts'
import { answered, type Books, broken, givenBooks, NOON } from './books/desk.ts'

const DAY = 86_400_000

let open: Books[] = []
afterEach(async () => {
  await Promise.all(open.map(({ database }) => database.close()))
  open = []
})

const Placed = z
  .object({ period_id: z.string(), settled: z.coerce.bigint() })
  .transform((row) => ({ periodId: row.period_id, scope: 'workspace', settled: pico(row.settled) }))

const Facts = z.object({ kind: z.string(), facts: z.looseObject({}) })

/** Books whose workspace keeps receipts for so many days. */
const given = async (days: number | null) => {
  const books = await givenBooks()
  open.push(books)
  const { database, clock, workspace } = books
  const { db } = database
  const now = () => clock.now
  await db.updateTable('workspaces').set({ retention_days: days }).where('id', '=', workspace).execute()
  const retention = sqlRetention(database, { appendAudit: auditAppender({ now, link }), link, now })

  const spend = async (amount: string, at: number, of = {}) => {
    clock.now = at
    const call = books.request(dollars('1'), of)
    await books.ledger.hold(call)
    await books.ledger.settle(answered(call, dollars(amount)))
    return call
  }
  const eventsOf = async (log: 'ledger' | 'audit', kind: string) =>
    (await wholeChain(db, workspace, log))
      .map(({ bytes }) => Facts.parse(JSON.parse(bytes)))
      .filter((event) => event.kind === kind)
      .map(({ facts }) => facts)
  const placed = async (table: 'counters' | 'hold_lines') =>
    (
      await db
        .selectFrom(table)
        .select(['period_id', 'settled'])
        .where('workspace_id', '=', workspace)
        .execute()
    ).map((row): PlacedAmount => Placed.parse(row))

  return {
    ...books,
    retention,
    spend,
    eventsOf,
    run: pruneReceipts({ retention, now }),
    prunedBefore: () => sqlPrunedBefore(database)(workspace),
    left: async () => {
      const query = { limit: 200 }
      return (await books.receipts.list(workspace, query)).receipts.map(({ id }) => id)
    },
    count: async (table: 'receipts' | 'attempts' | 'hold_lines') =>
      (await db.selectFrom(table).selectAll().execute()).length,
    books: async () => ({
      counters: await placed('counters'),
      lines: await placed('hold_lines'),
      pruned: (await eventsOf('ledger', 'pruned-up-to')).flatMap((facts) => readPruned(facts).amounts),
    }),
    whole: async () => walk(await wholeChain(db, workspace, 'ledger')).whole,
  }
}

describe('the retention of receipts', () => {
  test('keeps everything where nobody has set it', async () => {
    const { spend, run, left, clock, prunedBefore } = await given(null)
    const call = await spend('0.10', NOON)
    clock.now = NOON + 4_000 * DAY
    await run()
    expect(await left()).toEqual([call.receipt.id])
    expect(await prunedBefore()).toBeNull()
  })

  test('gives up what began more than so many whole days ago, with attempts and lines, and tells since when', async () => {
    const { spend, run, left, clock, count, prunedBefore, eventsOf } = await given(45)
    await spend('0.10', NOON)
    const young = await spend('0.20', NOON + DAY)
    clock.now = NOON + 46 * DAY
    await run()
    expect(await left()).toEqual([young.receipt.id])
    expect([await count('receipts'), await count('attempts'), await count('hold_lines')]).toEqual([1, 1, 1])
    const before = Date.parse('2026-11-22T00:00:00Z')
    expect(await prunedBefore()).toBe(before)
    expect(await eventsOf('audit', 'receipts-pruned')).toEqual([
      { before: new Date(before).toISOString(), receipts: 1, retentionDays: 45, memberId: null },
    ])
  })

  test('leaves books that still add up, period by period, in a chain that is whole', async () => {
    const { spend, run, clock, books, whole, count, eventsOf, database } = await given(45)
    await spend('0.10', Date.parse('2026-11-21T12:00:00Z'))
    await spend('0.20', Date.parse('2026-11-30T12:00:00Z'))
    await spend('0.40', Date.parse('2026-12-02T12:00:00Z'))
    await spend('0.80', Date.parse('2027-01-30T12:00:00Z'))
    expect(differences(await books())).toEqual([])
    clock.now = Date.parse('2027-01-31T12:00:00Z')
    await run()
    expect(await count('receipts')).toBe(1)
    const kept = await books()
    expect(kept.pruned.map(({ settled }) => settled).toSorted()).toEqual([dollars('0.30'), dollars('0.40')])
    expect(differences(kept)).toEqual([])
    expect(differences({ ...kept, pruned: [] })).toHaveLength(2)
    const sums = await countedLines(database.db)
    expect(sums.map(({ lines_settled }) => lines_settled)).toEqual(sums.map(({ settled }) => settled))
    expect(await whole()).toBe(true)
    expect(await eventsOf('ledger', 'pruned-up-to')).toHaveLength(1)
  })

  test('goes in batches, each with an event of its own', async () => {
    const { spend, run, clock, books, count, eventsOf } = await given(45)
    for (let index = 0; index < 260; index += 1) await spend('0.01', NOON + index)
    clock.now = NOON + 60 * DAY
    await Promise.all([run(), run()])
    expect(await count('receipts')).toBe(0)
    const batches = await eventsOf('ledger', 'pruned-up-to')
    expect(batches.map(({ receipts }) => receipts)).toEqual([250, 10])
    expect(differences(await books())).toEqual([])
  })

  test('leaves a request alone that is not settled, and one whose period is not over', async () => {
    const { request, ledger, run, left, clock, database, workspace } = await given(45)
    const running = request(dollars('1'), { expiresInMs: 400 * DAY })
    await ledger.hold(running)
    clock.now = NOON + 60 * DAY
    await run()
    expect(await left()).toEqual([running.receipt.id])
    await ledger.settle(broken(running))
    await database.db
      .updateTable('periods')
      .set({ ends_at: clock.now + DAY })
      .where('workspace_id', '=', workspace)
      .execute()
    await run()
    expect(await left()).toEqual([running.receipt.id])
    clock.now += 2 * DAY
    await run()
    expect(await left()).toEqual([])
  })

  test('is each workspace’s own', async () => {
    const { spend, run, addWorkspace, clock, receipts } = await given(45)
    const other = await addWorkspace()
    await spend('0.10', NOON)
    const theirs = await spend('0.10', NOON, other)
    clock.now = NOON + 60 * DAY
    await run()
    const kept = await receipts.list(other.workspace, { limit: 200 })
    expect(kept.receipts.map(({ id }) => id)).toEqual([theirs.receipt.id])
  })

  test('does not forget how far it went when more days are kept from then on', async () => {
    const { spend, run, clock, prunedBefore, database, workspace } = await given(45)
    await spend('0.10', NOON)
    clock.now = NOON + 60 * DAY
    await run()
    const before = await prunedBefore()
    await database.db
      .updateTable('workspaces')
      .set({ retention_days: 90 })
      .where('id', '=', workspace)
      .execute()
    await run()
    expect(await prunedBefore()).toBe(before)
  })
})

describe('the rule by which books add up', () => {
  const at = (periodId: string, amount: string, scope = 'workspace'): PlacedAmount => ({
    periodId,
    scope,
    settled: dollars(amount),
  })

  test('counts what remains and what was pruned, in each period and scope', () => {
    const counters = [at('november', '0.30'), at('december', '0.10'), at('november', '0.20', 'member:ada')]
    const lines = [at('november', '0.10'), at('december', '0.10')]
    const pruned = [at('november', '0.15'), at('november', '0.05'), at('november', '0.20', 'member:ada')]
    expect(differences({ counters, lines, pruned })).toEqual([])
  })

  test('tells where they do not, also where one side has nothing', () => {
    const books = {
      counters: [at('november', '0.30')],
      lines: [at('november', '0.10'), at('december', '0.10')],
      pruned: [],
    }
    expect(differences(books)).toEqual([
      { periodId: 'november', scope: 'workspace', counted: dollars('0.30'), found: dollars('0.10') },
      { periodId: 'december', scope: 'workspace', counted: zero, found: dollars('0.10') },
    ])
  })

  test('reads from an event what was written into it', () => {
    const pruned = {
      before: NOON,
      receipts: 3,
      amounts: [at('november', '0.000000000001'), at('november', '0.20', 'member:ada')],
    }
    expect(readPruned(JSON.parse(JSON.stringify(prunedFacts(pruned))))).toEqual(pruned)
  })
})
