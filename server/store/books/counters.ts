import { sql } from 'kysely'
import { z } from 'zod'
import { type Picodollars, zero } from '../../../shared/money.ts'
import type { Scope } from '../../domain/books/caps.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'

/** One counter: what a scope has settled and holds in a period. */
export type CounterPlace = {
  readonly workspaceId: string
  readonly periodId: string
  readonly scope: Scope
}

const Row = z.object({ settled: Amount, held: Amount })

/** What is counted; zero where nothing was held yet. */
export const readCounter = async (
  db: Executor,
  { workspaceId, periodId, scope }: CounterPlace,
): Promise<{ readonly settled: Picodollars; readonly held: Picodollars }> => {
  const row = await db
    .selectFrom('counters')
    .select(['settled', 'held'])
    .where('workspace_id', '=', workspaceId)
    .where('period_id', '=', periodId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .executeTakeFirst()
  return row === undefined ? { settled: zero, held: zero } : Row.parse(row)
}

const ensureCounter = async (tx: Executor, { workspaceId, periodId, scope }: CounterPlace): Promise<void> => {
  await tx
    .insertInto('counters')
    .values({
      workspace_id: workspaceId,
      period_id: periodId,
      scope: scope.scope,
      scope_id: scope.id,
      settled: 0n,
      held: 0n,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'period_id', 'scope', 'scope_id']).doNothing(),
    )
    .execute()
}

/**
 * Holds `amount` if settled + held + amount stays within `limit`, which was read in the same transaction: one conditional update, so that two
 * can never both take the last dollar. Without a limit the amount is only counted.
 */
export const takeHold = async (
  tx: Executor,
  place: CounterPlace,
  amount: Picodollars,
  limit: Picodollars | null,
): Promise<boolean> => {
  const { workspaceId, periodId, scope } = place
  await ensureCounter(tx, place)
  const { numUpdatedRows } = await tx
    .updateTable('counters')
    .set({ held: sql<bigint>`held + ${amount}` })
    .where('workspace_id', '=', workspaceId)
    .where('period_id', '=', periodId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .$if(limit !== null, (query) => query.where(sql<boolean>`settled + held + ${amount} <= ${limit}`))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Sets a counter to the sum of its lines: for a cap that was set after money had been spent. */
export const countLines = async (tx: Executor, place: CounterPlace): Promise<void> => {
  const { workspaceId, periodId, scope } = place
  const row = await tx
    .selectFrom('hold_lines')
    .select(({ fn, eb }) => [
      fn.coalesce(fn.sum('settled'), eb.lit(0)).as('settled'),
      fn
        .coalesce(fn.sum(eb.case().when('open', '=', 1).then(eb.ref('held')).else(0).end()), eb.lit(0))
        .as('held'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('period_id', '=', periodId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .executeTakeFirstOrThrow()
  const { settled, held } = Row.parse(row)
  await ensureCounter(tx, place)
  await tx
    .updateTable('counters')
    .set({ settled, held })
    .where('workspace_id', '=', workspaceId)
    .where('period_id', '=', periodId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .execute()
}

/** Changes a counter by what a settlement adds and what it gives back. Never refuses: money that was spent is counted. */
export const moveCounter = async (
  tx: Executor,
  { workspaceId, periodId, scope }: CounterPlace,
  move: { readonly settled: bigint; readonly released: bigint },
): Promise<void> => {
  await tx
    .updateTable('counters')
    .set({
      settled: sql<bigint>`settled + ${move.settled}`,
      held: sql<bigint>`held - ${move.released}`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('period_id', '=', periodId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .execute()
}
