import { z } from 'zod'
import type { Cap } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { capOf, defaultCap, type Scope, workspaceScope } from '../../domain/books/caps.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'
import { readCounter } from './counters.ts'
import { periodAt } from './periods.ts'

const Limit = z.object({ limit_pico: Amount })

/** Gives a new workspace its first cap. Belongs into the transaction that creates the workspace. */
export const insertDefaultCap = async (tx: Executor, workspaceId: string, at: number): Promise<void> => {
  await tx
    .insertInto('caps')
    .values({
      workspace_id: workspaceId,
      scope: workspaceScope.scope,
      scope_id: workspaceScope.id,
      kind: 'month',
      limit_pico: defaultCap,
      changed_at: at,
    })
    .execute()
}

/** The limit of a scope. Without a row nothing may be spent. */
export const limitOf = async (db: Executor, workspaceId: string, scope: Scope): Promise<Picodollars> => {
  const row = await db
    .selectFrom('caps')
    .select('limit_pico')
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .where('kind', '=', 'month')
    .executeTakeFirst()
  return row === undefined ? zero : Limit.parse(row).limit_pico
}

export const updateLimit = async (
  tx: Executor,
  change: {
    readonly workspaceId: string
    readonly scope: Scope
    readonly limit: Picodollars
    readonly at: number
  },
): Promise<void> => {
  const { workspaceId, scope, limit, at } = change
  await tx
    .updateTable('caps')
    .set({ limit_pico: limit, changed_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', scope.scope)
    .where('scope_id', '=', scope.id)
    .where('kind', '=', 'month')
    .execute()
}

/** A scope's cap as it stands at a moment. */
export const readCap = async (
  db: Executor,
  place: {
    readonly workspaceId: string
    readonly timeZone: string
    readonly scope: Scope
    readonly at: number
  },
): Promise<Cap> => {
  const { workspaceId, timeZone, scope, at } = place
  const { id, ...period } = await periodAt(db, workspaceId, timeZone, at)
  const limit = await limitOf(db, workspaceId, scope)
  if (id === undefined) return capOf(limit, zero, zero, period)
  const { settled, held } = await readCounter(db, { workspaceId, periodId: id, scope })
  return capOf(limit, settled, held, period)
}
