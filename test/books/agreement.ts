import { z } from 'zod'
import { walk } from '../../server/crypto/chain.ts'
import { wholeChain } from '../../server/store/books/events.ts'
import type { Database } from '../../server/store/database.ts'

const Amount = z.coerce.bigint()
const Place = z.object({ scope: z.string(), scope_id: z.string(), period_id: z.string() })
const Money = Place.extend({ settled: Amount, held: Amount })
const Line = Money.extend({ attempt_id: z.string(), open: z.coerce.number() })
const Month = z.object({ id: z.string() })
const Attempt = z.object({ id: z.string(), receipt_id: z.string(), settled: Amount, outcome: z.string() })
const Receipt = z.object({ id: z.string(), settled: Amount })
const Facts = z.object({
  facts: z.object({ attempt: z.string(), settled: z.string().optional(), held: z.string() }),
})

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

const pico = (usd: string): bigint => {
  const [whole = '0', fraction = ''] = usd.split('.')
  return BigInt(whole + fraction.padEnd(12, '0'))
}

/** What the last event of each attempt says was settled, read from the chained bytes alone. */
const chained = async (database: Database, workspace: string): Promise<bigint> => {
  const settled = new Map<string, bigint>()
  for (const { bytes } of await wholeChain(database.db, workspace, 'ledger')) {
    const { facts } = Facts.parse(JSON.parse(bytes))
    settled.set(facts.attempt, facts.settled === undefined ? 0n : pico(facts.settled))
  }
  return total([...settled.values()])
}

type Placed = z.infer<typeof Place>
const placeOf = ({ scope, scope_id, period_id }: Placed): string => `${scope} ${scope_id} ${period_id}`

/** Whether each counter, of whatever scope and period, is the sum of its own lines, and every line has a counter. */
const counted = (
  counters: readonly z.infer<typeof Money>[],
  lines: readonly z.infer<typeof Line>[],
): boolean =>
  lines.every((line) => counters.some((counter) => placeOf(counter) === placeOf(line))) &&
  counters.every((counter) => {
    const own = lines.filter((line) => placeOf(line) === placeOf(counter))
    return (
      counter.settled === total(own.map(({ settled }) => settled)) &&
      counter.held === total(own.filter(({ open }) => open === 1).map(({ held }) => held))
    )
  })

/** The same money, counted in every place where the books keep it. All `settled` figures agree, and all `held` ones, when the books are right. */
export const countEverywhere = async ({ database, workspace }: { database: Database; workspace: string }) => {
  const { db } = database
  const rows = async (table: 'counters' | 'hold_lines' | 'attempts' | 'receipts') =>
    db.selectFrom(table).selectAll().where('workspace_id', '=', workspace).execute()
  const months = await db
    .selectFrom('periods')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'month')
    .execute()
  const ids = months.map((row) => Month.parse(row).id)
  const isMain = ({ scope, period_id }: Placed): boolean =>
    ['workspace', 'playground'].includes(scope) && ids.includes(period_id)
  const allCounters = (await rows('counters')).map((row) => Money.parse(row))
  const allLines = (await rows('hold_lines')).map((row) => Line.parse(row))
  const [counters, lines] = [allCounters.filter(isMain), allLines.filter(isMain)]
  const attempts = (await rows('attempts')).map((row) => Attempt.parse(row))
  const receipts = (await rows('receipts')).map((row) => Receipt.parse(row))
  return {
    settled: {
      counters: total(counters.map(({ settled }) => settled)),
      lines: total(lines.map(({ settled }) => settled)),
      attempts: total(attempts.map(({ settled }) => settled)),
      receipts: total(receipts.map(({ settled }) => settled)),
      chain: await chained(database, workspace),
    },
    held: {
      counters: total(counters.map(({ held }) => held)),
      lines: total(lines.filter(({ open }) => open === 1).map(({ held }) => held)),
    },
    running: attempts.filter(({ outcome }) => outcome === 'running').length,
    open: lines.filter(({ open }) => open === 1).length,
    chain: walk(await wholeChain(db, workspace, 'ledger')).whole,
    everyCap: counted(allCounters, allLines),
  }
}

/** True when every place agrees. */
export const agree = async (books: { database: Database; workspace: string }): Promise<boolean> => {
  const { settled, held, running, open, chain, everyCap } = await countEverywhere(books)
  return (
    chain &&
    everyCap &&
    running === open &&
    new Set(Object.values(settled)).size === 1 &&
    new Set(Object.values(held)).size === 1
  )
}
