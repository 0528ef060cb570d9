import assert from 'node:assert/strict'
import { z } from 'zod'
import { walk } from '../../../server/crypto/chain.ts'
import { readPruned, scopeText } from '../../../server/domain/books/pruning.ts'
import { wholeChain } from '../../../server/store/books/events.ts'
import { Usd } from '../../../shared/money.ts'
import type { Found } from './found.ts'
import type { Table } from './table.ts'

const Amount = z.coerce.bigint()
const Place = z.object({ scope: z.string(), scope_id: z.string(), period_id: z.string() })
const Counter = Place.extend({ settled: Amount, held: Amount })
const Line = Counter.extend({ attempt_id: z.string(), open: z.coerce.number() })
const Attempt = z.object({
  id: z.string(),
  receipt_id: z.string(),
  outcome: z.string(),
  certainty: z.string(),
  held: Amount,
  settled: Amount,
})
const Receipt = z.object({ id: z.string(), settled: Amount })
const Settled = z.object({ facts: z.object({ attempt: z.string(), settled: Usd }) })
const Any = z.object({ facts: z.unknown() })

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

const nameOf = ({ period_id, scope, scope_id }: z.infer<typeof Place>): string =>
  `${period_id}:${scopeText(scope, scope_id)}`

const read = async ({ books }: Table) => {
  const { db } = books.database
  const rows = (table: 'counters' | 'hold_lines' | 'attempts' | 'receipts') =>
    db.selectFrom(table).selectAll().where('workspace_id', '=', books.workspace).execute()
  return {
    counters: (await rows('counters')).map((row) => Counter.parse(row)),
    lines: (await rows('hold_lines')).map((row) => Line.parse(row)),
    attempts: (await rows('attempts')).map((row) => Attempt.parse(row)),
    receipts: (await rows('receipts')).map((row) => Receipt.parse(row)),
    chain: await wholeChain(db, books.workspace, 'ledger'),
  }
}
type Read = Awaited<ReturnType<typeof read>>

/** What was given up, by period and scope, as the chain tells it. */
const prunedOf = ({ chain }: Read): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>()
  for (const { kind, bytes } of chain) {
    if (kind !== 'pruned-up-to') continue
    for (const { periodId, scope, settled } of readPruned(Any.parse(JSON.parse(bytes)).facts).amounts) {
      const name = `${periodId}:${scope}`
      sums.set(name, (sums.get(name) ?? 0n) + settled)
    }
  }
  return sums
}

/** What each attempt came to by its last event. */
const chainedOf = ({ chain }: Read): ReadonlyMap<string, bigint> =>
  new Map(
    chain
      .filter(({ kind }) => kind === 'settled' || kind === 'corrected')
      .map(({ bytes }) => Settled.parse(JSON.parse(bytes)).facts)
      .map(({ attempt, settled }) => [attempt, settled]),
  )

/** No hold is left in any of the places where holds are. */
const countLeaks = (found: Found, { attempts, lines, counters }: Read): void => {
  const running = attempts.filter(({ outcome }) => outcome === 'running').length
  const open = lines.filter(({ open }) => open === 1).length
  const held = counters.filter(({ held }) => held !== 0n).length
  found.leak(running + open + held)
}

/** Each counter is the sum of its lines and of what was given up; each line and each event says what its attempt says. */
const compareBooks = (found: Found, all: Read): void => {
  const pruned = prunedOf(all)
  const lines = Map.groupBy(all.lines, nameOf)
  const names = new Set(all.counters.map(nameOf))
  for (const name of [...lines.keys(), ...pruned.keys()]) assert.ok(names.has(name), `no counter for ${name}`)
  for (const counter of all.counters) {
    const name = nameOf(counter)
    const settled = total((lines.get(name) ?? []).map((line) => line.settled))
    found.differ(counter.settled - settled - (pruned.get(name) ?? 0n))
  }
  const chained = chainedOf(all)
  const attempts = new Map(all.attempts.map((attempt) => [attempt.id, attempt]))
  for (const line of all.lines) found.differ(line.settled - (attempts.get(line.attempt_id)?.settled ?? -1n))
  for (const { id, settled } of all.attempts) found.differ(settled - (chained.get(id) ?? -1n))
  const byReceipt = Map.groupBy(all.attempts, ({ receipt_id }) => receipt_id)
  assert.equal(byReceipt.size, all.receipts.length, 'receipts and attempts are not of the same requests')
  for (const { id, settled } of all.receipts)
    found.differ(settled - total((byReceipt.get(id) ?? []).map((attempt) => attempt.settled)))
}

const capped = (amount: bigint): bigint => (amount > 0n ? amount : 0n)

/** Completed attempts are what the provider bills, exactly; unknown ones are between its bill and their hold. */
const compareBill = (found: Found, { model }: Table, all: Read): void => {
  const attempts = new Map(all.attempts.map((attempt) => [attempt.id, attempt]))
  const chained = chainedOf(all)
  const calls = model.calls()
  assert.equal(attempts.size, calls.filter(({ kept }) => kept).length, 'attempts are missing or too many')
  for (const { call, standing, kept } of calls) {
    const settled = kept ? attempts.get(call.attempt)?.settled : chained.get(call.attempt)
    assert.ok(settled !== undefined, 'an attempt is in no book')
    found.differ(settled - standing.settled)
    if (standing.state !== 'estimated') continue
    found.differ(capped(call.bill - settled))
    found.differ(capped(settled - call.bound))
  }
  const main = all.counters.filter(({ scope }) => scope === 'workspace' || scope === 'playground')
  const months = new Set(
    all.chain.flatMap(({ bytes }) => Month.safeParse(JSON.parse(bytes)).data?.facts.period ?? []),
  )
  const counted = total(main.filter(({ period_id }) => months.has(period_id)).map(({ settled }) => settled))
  found.differ(counted - total(calls.map(({ standing }) => standing.settled)))
}

const Month = z.object({ facts: z.object({ period: z.string() }) })

/** Looks into every book of a schedule that has come to rest after one sweep. */
export const judge = async (table: Table, found: Found): Promise<void> => {
  const all = await read(table)
  countLeaks(found, all)
  compareBooks(found, all)
  compareBill(found, table, all)
  assert.ok(walk(all.chain).whole, 'the chain is broken')
  const { overshoot, leakedHolds, difference } = found.figures()
  assert.equal(overshoot, 0n, 'a grant passed a cap')
  assert.equal(leakedHolds, 0, 'holds are left after a sweep')
  assert.equal(difference, 0n, 'the books differ')
}
