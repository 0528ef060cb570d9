import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { link } from '../../../server/crypto/chain.ts'
import { dayIn, monthOf } from '../../../server/domain/books/periods.ts'
import type { Tables } from '../../../server/store/tables.ts'
import type { Books } from '../../books/desk.ts'
import { type Cells, insertAll } from '../inserting.ts'
import { type Pattern, writtenPattern } from './pattern.ts'

type Tx = Transaction<Tables>

/** Drafts of one transaction. */
const DRAFTS_AT_ONCE = 5_000
/** Events between two words about how far it is. */
const TOLD_EVERY = 100_000
/** Over how long the drafts are spread: a team's two years. */
const SPAN_MS = 730 * 86_400_000

type Known = { readonly id: string; readonly kind: string; readonly starts_at: unknown }

/** Months and days of the span, each written down once, those left out that are there already. */
const calendarOf = (timeZone: string, there: readonly Known[]) => {
  const ids = new Map(there.map(({ id, kind, starts_at }) => [`${kind} ${starts_at}`, id]))
  const rows: Cells[] = []
  const known = (workspace: string, period: ReturnType<typeof monthOf>): string => {
    const name = `${period.kind} ${period.startsAt}`
    const id = ids.get(name) ?? randomUUID()
    if (ids.has(name)) return id
    ids.set(name, id)
    const { kind, startsAt, endsAt } = period
    rows.push({
      workspace_id: workspace,
      id,
      kind,
      time_zone: timeZone,
      starts_at: startsAt,
      ends_at: endsAt,
    })
    return id
  }
  return {
    rows,
    periodsAt: (workspace: string, at: number): { readonly month: string; readonly day: string } => {
      const month = monthOf(at, timeZone)
      return { month: known(workspace, month), day: known(workspace, dayIn(month, at)) }
    },
  }
}

type Head = { seq: number; hash: string | null }
type Written = { readonly [table in 'receipts' | 'attempts' | 'hold_lines' | 'events']: Cells[] }

type Place = {
  readonly id: string
  readonly at: number
  readonly month: string
  readonly day: string
  readonly days: ReadonlySet<unknown>
}

const UUID_BITS = 48n

/**
 * Ids in ascending order, evenly over all that there may be: written as fast as an index can grow, and in the end as spread as those of a vault,
 * whose ids are random.
 */
const idsOf = (count: number) => {
  const step = (1n << UUID_BITS) / BigInt(count + 1)
  return (number: number): string => {
    const digits = (BigInt(number) * step).toString(16).padStart(12, '0')
    return `${digits.slice(0, 8)}-${digits.slice(8)}-4000-8000-000000000000`
  }
}

/** Writes a draft as the pattern's was, with ids and moments of its own and its place in the chain. */
const writeDraft = (
  written: Written,
  pattern: Pattern,
  workspace: string,
  place: Place,
  head: Head,
): void => {
  const { id, at, month, day, days } = place
  const [receipt, attempt] = [id, id]
  const ended = at + 2_000
  for (const { kind, facts } of pattern.events) {
    const own = {
      attempt,
      receipt,
      ...(kind === 'held' && { period: month }),
      ...('day' in facts && { day }),
    }
    const moment = kind === 'held' ? at : ended
    head.seq += 1
    const entry = { v: 1, workspace, log: 'ledger', seq: head.seq, at: moment, kind } as const
    const linked = link({ ...entry, facts: { ...facts, ...own }, prev: head.hash })
    head.hash = linked.hash
    written.events.push({
      workspace_id: workspace,
      log: 'ledger',
      seq: head.seq,
      at: moment,
      kind,
      ...linked,
    })
  }
  written.receipts.push({
    ...pattern.receipt,
    id: receipt,
    resolution_id: receipt,
    idempotency_key: receipt,
    at,
    day: new Date(at).toISOString().slice(0, 10),
    ended_at: ended,
    changed_seq: head.seq,
  })
  written.attempts.push({
    ...pattern.attempt,
    id: attempt,
    receipt_id: receipt,
    started_at: at,
    expires_at: at + 300_000,
    ended_at: ended,
  })
  for (const line of pattern.lines)
    written.hold_lines.push({
      ...line,
      attempt_id: attempt,
      period_id: days.has(line.period_id) ? day : month,
    })
}

/** Every counter is the sum of its lines. */
const countEverything = async (tx: Tx, workspace: string): Promise<void> => {
  await tx.deleteFrom('counters').where('workspace_id', '=', workspace).execute()
  await sql`
    insert into counters (workspace_id, period_id, scope, scope_id, settled, held)
    select workspace_id, period_id, scope, scope_id, sum(settled), 0 from hold_lines
    where workspace_id = ${workspace} group by workspace_id, period_id, scope, scope_id
  `.execute(tx)
}

const headOf = async ({ database, workspace }: Books): Promise<Head> => {
  const last = await database.db
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('workspace_id', '=', workspace)
    .where('log', '=', 'ledger')
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  return { seq: Number(last.seq), hash: last.hash }
}

/**
 * Fills the books with drafts until the ledger has so many events, spread over the two years before now: receipts, attempts, lines, counters,
 * periods and a chain that holds, each row as the ledger itself writes it.
 */
export const seedLedger = async (
  books: Books,
  events: number,
  report: (events: number) => void,
): Promise<void> => {
  const { database, workspace, clock } = books
  const now = clock.now
  clock.now = now - SPAN_MS
  const pattern = await writtenPattern(books)
  clock.now = now
  const drafts = Math.ceil(events / pattern.events.length)
  const there = await database.db.selectFrom('periods').select(['id', 'kind', 'starts_at']).execute()
  const days = new Set(there.filter(({ kind }) => kind === 'day').map(({ id }) => id))
  const calendar = calendarOf(clock.timeZone, there)
  const idOf = idsOf(drafts)
  const head = await headOf(books)
  let told = 0
  for (let written = 1; written < drafts; ) {
    const batch: Written = { receipts: [], attempts: [], hold_lines: [], events: [] }
    for (const end = Math.min(written + DRAFTS_AT_ONCE, drafts); written < end; written += 1) {
      const at = now - SPAN_MS + Math.floor((written / drafts) * SPAN_MS)
      writeDraft(
        batch,
        pattern,
        workspace,
        { id: idOf(written), at, days, ...calendar.periodsAt(workspace, at) },
        head,
      )
    }
    await database.transaction(workspace, async (tx) => {
      for (const [table, rows] of Object.entries(batch)) await insertAll(tx, database.engine, table, rows)
    })
    if (head.seq - told >= TOLD_EVERY) {
      told = head.seq
      report(told)
    }
  }
  await database.transaction(workspace, async (tx) => {
    await insertAll(tx, database.engine, 'periods', calendar.rows)
    await countEverything(tx, workspace)
  })
}
