import { z } from 'zod'
import type { Link } from '../../domain/books/events.ts'
import { type PlacedAmount, prunedFacts, scopeText } from '../../domain/books/pruning.ts'
import type { PrunedBefore } from '../../domain/books/receipts.ts'
import type { Keeping, RetentionStore } from '../../domain/workspace/retention.ts'
import type { AppendAudit } from '../books/audit.ts'
import { eventAppender } from '../books/events.ts'
import { Amount, Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

/** Receipts that one transaction deletes, so that requests of others wait for milliseconds only. */
const RECEIPTS_AT_ONCE = 250

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const Id = z.object({ id: z.string() })

/** The oldest receipts before a moment of which nothing is running and nothing counts in a period that is open at `at`. */
const overdue = async (
  tx: Executor,
  workspaceId: string,
  before: number,
  at: number,
): Promise<readonly string[]> => {
  const rows = await tx
    .selectFrom('receipts')
    .select('receipts.id')
    .where('receipts.workspace_id', '=', workspaceId)
    .where('receipts.at', '<', before)
    .where('receipts.certainty', '!=', 'pending')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('periods')
            .select('periods.id')
            .where('periods.workspace_id', '=', workspaceId)
            .whereRef('periods.starts_at', '<=', 'receipts.at')
            .where('periods.ends_at', '>', at),
        ),
      ),
    )
    .orderBy('receipts.at')
    .orderBy('receipts.id')
    .limit(RECEIPTS_AT_ONCE)
    .execute()
  return rows.map((row) => Id.parse(row).id)
}

const attemptsOf = (tx: Executor, workspaceId: string, receipts: readonly string[]) =>
  tx
    .selectFrom('attempts')
    .select('attempts.id')
    .where('attempts.workspace_id', '=', workspaceId)
    .where('attempts.receipt_id', 'in', receipts)

const Line = z
  .object({ period_id: z.string(), scope: z.string(), scope_id: z.string(), settled: Amount })
  .transform(
    (row): PlacedAmount => ({
      periodId: row.period_id,
      scope: scopeText(row.scope, row.scope_id),
      settled: row.settled,
    }),
  )

const amountsOf = async (
  tx: Executor,
  workspaceId: string,
  receipts: readonly string[],
): Promise<readonly PlacedAmount[]> => {
  const rows = await tx
    .selectFrom('hold_lines')
    .select(({ fn }) => ['period_id', 'scope', 'scope_id', fn.sum('settled').as('settled')])
    .where('workspace_id', '=', workspaceId)
    .where('attempt_id', 'in', attemptsOf(tx, workspaceId, receipts))
    .groupBy(['period_id', 'scope', 'scope_id'])
    .orderBy('period_id')
    .execute()
  return rows.map((row) => Line.parse(row))
}

const deleteAll = async (tx: Executor, workspaceId: string, receipts: readonly string[]): Promise<void> => {
  await tx
    .deleteFrom('hold_lines')
    .where('workspace_id', '=', workspaceId)
    .where('attempt_id', 'in', attemptsOf(tx, workspaceId, receipts))
    .execute()
  for (const table of ['attempts', 'kept_drafts'] as const)
    await tx
      .deleteFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('receipt_id', 'in', receipts)
      .execute()
  await tx
    .deleteFrom('receipts')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', receipts)
    .execute()
}

/** Never earlier than it was: what a longer retention would keep is gone all the same. */
const remember = async (tx: Executor, workspaceId: string, before: number): Promise<void> => {
  await tx
    .updateTable('workspaces')
    .set({ pruned_before: before })
    .where('id', '=', workspaceId)
    .where((where) => where.or([where('pruned_before', 'is', null), where('pruned_before', '<', before)]))
    .execute()
}

type RetentionParts = {
  readonly appendAudit: AppendAudit
  readonly link: Link
  readonly now: () => number
}

const prune =
  ({ transaction }: Database, { appendAudit, link, now }: RetentionParts): RetentionStore['prune'] =>
  async ({ workspaceId, days }, before) => {
    await breathe()
    const append = eventAppender(link)
    return transaction(workspaceId, async (tx) => {
      const ids = await overdue(tx, workspaceId, before, now())
      if (ids.length === 0) return 0
      const amounts = await amountsOf(tx, workspaceId, ids)
      await deleteAll(tx, workspaceId, ids)
      await remember(tx, workspaceId, before)
      const facts = prunedFacts({ before, receipts: ids.length, amounts })
      await append(tx, { workspaceId, log: 'ledger', kind: 'pruned-up-to', at: now(), facts })
      const told = { before: new Date(before).toISOString(), receipts: ids.length, retentionDays: days }
      await appendAudit(tx, { workspaceId, kind: 'receipts-pruned', memberId: null, facts: told })
      return ids.length
    })
  }

const Limited = z
  .object({ id: z.string(), retention_days: Count })
  .transform(({ id, retention_days }): Keeping => ({ workspaceId: id, days: retention_days }))

/** Receipts past their time. */
export const sqlRetention = (database: Database, parts: RetentionParts): RetentionStore => ({
  limited: async () => {
    const rows = await database.db
      .selectFrom('workspaces')
      .select(['id', 'retention_days'])
      .where('retention_days', 'is not', null)
      .orderBy('id')
      .execute()
    return rows.map((row) => Limited.parse(row))
  },
  prune: prune(database, parts),
})

const Before = z.object({ pruned_before: Count.nullable() })

/** Until when a workspace's receipts are no longer kept. */
export const sqlPrunedBefore =
  ({ db }: Database): PrunedBefore =>
  async (workspaceId) => {
    const row = await db
      .selectFrom('workspaces')
      .select('pruned_before')
      .where('id', '=', workspaceId)
      .executeTakeFirst()
    return row === undefined ? null : Before.parse(row).pruned_before
  }
