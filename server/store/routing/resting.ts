import { z } from 'zod'
import { FailureReason } from '../../../shared/providers.ts'
import type { Rest, RestStore } from '../../domain/drafts/resting.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Row = z
  .object({
    scope: z.enum(['key', 'provider']),
    scope_id: z.string(),
    until_at: Count,
    failures: Count,
    reason: FailureReason,
    trial_until: Count.nullable(),
    revision: Count,
  })
  .transform(
    ({ scope_id: scopeId, until_at: untilAt, trial_until: trialUntil, ...row }): Rest => ({
      ...row,
      scopeId,
      untilAt,
      trialUntil,
    }),
  )

const columns = ['scope', 'scope_id', 'until_at', 'failures', 'reason', 'trial_until', 'revision'] as const

const insert = async (db: Executor, workspaceId: string, rest: Rest, at: number): Promise<void> => {
  await db
    .insertInto('resting')
    .values({
      workspace_id: workspaceId,
      scope: rest.scope,
      scope_id: rest.scopeId,
      until_at: rest.untilAt,
      failures: rest.failures,
      reason: rest.reason,
      trial_until: rest.trialUntil,
      revision: rest.revision,
      changed_at: at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'scope', 'scope_id']).doNothing())
    .execute()
}

/** The row of a rest as it was at a revision, to be changed. */
const rowAt = (db: Executor, workspaceId: string, { scope, scopeId }: Rest, revision: number) =>
  db
    .updateTable('resting')
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', scope)
    .where('scope_id', '=', scopeId)
    .where('revision', '=', revision)

const update = async (db: Executor, workspaceId: string, rest: Rest, at: number): Promise<void> => {
  await rowAt(db, workspaceId, rest, rest.revision - 1)
    .set({
      until_at: rest.untilAt,
      failures: rest.failures,
      reason: rest.reason,
      trial_until: rest.trialUntil,
      revision: rest.revision,
      changed_at: at,
    })
    .execute()
}

/** Thrown within a transaction to take back what it did. */
class Overtaken extends Error {}

const claimAll = async (
  tx: Executor,
  workspaceId: string,
  rests: readonly Rest[],
  trialUntil: number,
): Promise<void> => {
  for (const rest of rests) {
    const { numUpdatedRows } = await rowAt(tx, workspaceId, rest, rest.revision)
      .set({ trial_until: trialUntil, revision: rest.revision + 1 })
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) throw new Overtaken()
  }
}

/** Rests of keys and endpoints, changed by compare-and-set on their revision. */
export const sqlResting = ({ db, transaction }: Database): RestStore => ({
  list: async (workspaceId) => {
    const rows = await db
      .selectFrom('resting')
      .select(columns)
      .where('workspace_id', '=', workspaceId)
      .execute()
    return rows.map((row) => Row.parse(row))
  },
  put: (workspaceId, rest, at) =>
    rest.revision === 1 ? insert(db, workspaceId, rest, at) : update(db, workspaceId, rest, at),
  claim: (workspaceId, rests, trialUntil) =>
    transaction(workspaceId, (tx) => claimAll(tx, workspaceId, rests, trialUntil)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Overtaken) return false
        throw error
      },
    ),
  remove: async (workspaceId, { scope, scopeId, revision }) => {
    await db
      .deleteFrom('resting')
      .where('workspace_id', '=', workspaceId)
      .where('scope', '=', scope)
      .where('scope_id', '=', scopeId)
      .where('revision', '=', revision)
      .execute()
  },
})
