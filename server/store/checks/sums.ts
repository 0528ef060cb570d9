import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { readPruned, scopeText } from '../../domain/books/pruning.ts'
import type { Executor } from '../database.ts'

/** Faults that are named one by one; more of the same kind are only counted. */
export const NAMED = 5

const Fault = z.object({ workspace_id: z.string(), what: z.string() })
type Fault = z.infer<typeof Fault>

/** Where two places of the books disagree: so many faults are named, and `more` says that there are others. */
export type Disagreement = { readonly named: readonly Fault[]; readonly more: boolean }

const disagreement = async (db: Executor, query: RawBuilder<unknown>): Promise<Disagreement> => {
  const { rows } = await sql`${query} limit ${sql.lit(NAMED + 1)}`.execute(db)
  const faults = rows.map((row) => Fault.parse(row))
  return { named: faults.slice(0, NAMED), more: faults.length > NAMED }
}

/** Receipts whose amount is not the sum of their attempts. */
export const wrongReceipts = (db: Executor): Promise<Disagreement> =>
  disagreement(
    db,
    sql`
      select r.workspace_id, r.id as what
      from receipts r
      left join (
        select workspace_id, receipt_id, sum(settled) as settled from attempts group by workspace_id, receipt_id
      ) a on a.workspace_id = r.workspace_id and a.receipt_id = r.id
      where r.settled <> coalesce(a.settled, 0)
    `,
  )

/** Attempts of which a hold line says another amount, or whose hold is open after their end or closed before it. */
export const wrongLines = (db: Executor): Promise<Disagreement> =>
  disagreement(
    db,
    sql`
      select a.workspace_id, a.id as what
      from attempts a
      join hold_lines l on l.workspace_id = a.workspace_id and l.attempt_id = a.id
      where l.settled <> a.settled or l.held <> a.held
        or (l.open = 1 and a.outcome <> 'running') or (l.open = 0 and a.outcome = 'running')
    `,
  )

const Event = z.object({ facts: z.unknown() })

const Whole = z.coerce.bigint()
const CounterRow = z.object({
  workspace_id: z.string(),
  period_id: z.string(),
  kind: z.string().nullable(),
  scope: z.string(),
  scope_id: z.string(),
  settled: Whole,
  held: Whole,
  lines_settled: Whole,
  lines_held: Whole,
})

/** A counter beside what accounts for it: the sum of its hold lines that are still kept, and of what was pruned. */
export type CountedLines = z.infer<typeof CounterRow>

const PrunedRow = z
  .object({ workspace_id: z.string(), bytes: z.string() })
  .transform(({ workspace_id, bytes }) => ({ workspace_id, event: Event.parse(JSON.parse(bytes)) }))

/** What the chains say was pruned, by workspace, period and scope as one name. */
const prunedSums = async (db: Executor): Promise<ReadonlyMap<string, bigint>> => {
  const rows = await db
    .selectFrom('events')
    .select(['workspace_id', 'bytes'])
    .where('log', '=', 'ledger')
    .where('kind', '=', 'pruned-up-to')
    .execute()
  const sums = new Map<string, bigint>()
  for (const { workspace_id, event } of rows.map((row) => PrunedRow.parse(row)))
    for (const { periodId, scope, settled } of readPruned(event.facts).amounts) {
      const name = `${workspace_id} ${periodId} ${scope}`
      sums.set(name, (sums.get(name) ?? 0n) + settled)
    }
  return sums
}

const placeOf = ({ workspace_id, period_id, scope, scope_id }: CountedLines): string =>
  `${workspace_id} ${period_id} ${scopeText(scope, scope_id)}`

/** Every counter with the sum of its lines and of what was pruned, and lines that have none with zeros. A workspace has few counters for each month. */
export const countedLines = async (db: Executor): Promise<readonly CountedLines[]> => {
  const { rows } = await sql`
    with l as (
      select workspace_id, period_id, scope, scope_id, sum(settled) as settled,
        sum(case when open = 1 then held else 0 end) as held
      from hold_lines group by workspace_id, period_id, scope, scope_id
    )
    select coalesce(c.workspace_id, l.workspace_id) as workspace_id, coalesce(c.period_id, l.period_id) as period_id,
      (select kind from periods p where p.workspace_id = coalesce(c.workspace_id, l.workspace_id)
        and p.id = coalesce(c.period_id, l.period_id)) as kind,
      coalesce(c.scope, l.scope) as scope, coalesce(c.scope_id, l.scope_id) as scope_id,
      coalesce(c.settled, 0) as settled, coalesce(c.held, 0) as held,
      coalesce(l.settled, 0) as lines_settled, coalesce(l.held, 0) as lines_held
    from counters c
    full join l on l.workspace_id = c.workspace_id and l.period_id = c.period_id
      and l.scope = c.scope and l.scope_id = c.scope_id
  `.execute(db)
  const pruned = await prunedSums(db)
  return rows
    .map((row) => CounterRow.parse(row))
    .map((row) => ({ ...row, lines_settled: row.lines_settled + (pruned.get(placeOf(row)) ?? 0n) }))
}
