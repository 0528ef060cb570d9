import { sql } from 'kysely'
import { z } from 'zod'
import type { DeletionStore } from '../../domain/workspace/deletion.ts'
import type { AppendAudit } from '../books/audit.ts'
import type { Database, Executor } from '../database.ts'
import type { Tables } from '../tables.ts'

type TableOfWorkspaces = {
  [Table in keyof Tables]: Tables[Table] extends { workspace_id: unknown } ? Table : never
}[keyof Tables]

/** Every table whose rows belong to a workspace; a new one that is not named here does not compile. */
const named: Readonly<Record<TableOfWorkspaces, true>> = {
  pairing_codes: true,
  kept_drafts: true,
  statement_rows: true,
  compared_days: true,
  key_links: true,
  reporting_keys: true,
  provider_key_versions: true,
  provider_keys: true,
  secrets: true,
  seals: true,
  devices: true,
  hold_lines: true,
  attempts: true,
  receipts: true,
  counters: true,
  periods: true,
  caps: true,
  channels: true,
  own_prices: true,
  routing: true,
  channel_models: true,
  resting: true,
  alert_settings: true,
  alerts: true,
  outbox: true,
  watched: true,
  events: true,
  members: true,
}

/** The tables that a workspace's end empties of it, besides its own row. */
export const tablesOfWorkspaces: readonly string[] = Object.keys(named)

/** Rows that one transaction deletes, so that requests of others wait for milliseconds only. */
const ROWS_AT_ONCE = 500

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const deleteSome = async (
  { engine, transaction }: Database,
  table: string,
  workspaceId: string,
): Promise<boolean> => {
  const row = sql.ref(engine === 'sqlite' ? 'rowid' : 'ctid')
  const some = sql`select ${row} from ${sql.table(table)} where workspace_id = ${workspaceId} limit ${ROWS_AT_ONCE}`
  const { numAffectedRows } = await transaction(workspaceId, (tx) =>
    sql`delete from ${sql.table(table)} where ${row} in (${some})`.execute(tx),
  )
  return (numAffectedRows ?? 0n) === BigInt(ROWS_AT_ONCE)
}

const isDue = async (tx: Executor, workspaceId: string, at: number): Promise<boolean> =>
  (await tx
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', workspaceId)
    .where('delete_at', '<=', at)
    .executeTakeFirst()) !== undefined

/** The key goes first: from then on nothing of the workspace can be opened, whatever else is still there, in a copy of the file as well. */
const close = ({ transaction }: Database, workspaceId: string, at: number): Promise<boolean> =>
  transaction(workspaceId, async (tx) => {
    if (!(await isDue(tx, workspaceId, at))) return false
    await tx.updateTable('workspaces').set({ wrapped_key: '' }).where('id', '=', workspaceId).execute()
    await tx.deleteFrom('devices').where('workspace_id', '=', workspaceId).execute()
    return true
  })

/** A call that is still being answered writes its ending into the books; they wait for it. */
const isBusy = async ({ db }: Database, workspaceId: string): Promise<boolean> =>
  (await db
    .selectFrom('attempts')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('outcome', '=', 'running')
    .limit(1)
    .executeTakeFirst()) !== undefined

const destroy = async (database: Database, workspaceId: string, at: number): Promise<void> => {
  if (!(await close(database, workspaceId, at)) || (await isBusy(database, workspaceId))) return
  for (const table of tablesOfWorkspaces)
    while (await deleteSome(database, table, workspaceId)) await breathe()
  await database.transaction(workspaceId, async (tx) => {
    for (const table of tablesOfWorkspaces)
      await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(tx)
    await tx.deleteFrom('workspaces').where('id', '=', workspaceId).execute()
  })
}

const Id = z.object({ id: z.string() })

/** Workspaces that end. */
export const sqlDeletion = (database: Database, appendAudit: AppendAudit): DeletionStore => ({
  schedule: (workspaceId, deleteAt, record) =>
    database.transaction(workspaceId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('workspaces')
        .set({ delete_at: deleteAt })
        .where('id', '=', workspaceId)
        .where('delete_at', deleteAt === null ? 'is not' : 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await appendAudit(tx, record)
      return true
    }),
  due: async (at) => {
    const rows = await database.db
      .selectFrom('workspaces')
      .select('id')
      .where('delete_at', '<=', at)
      .orderBy('id')
      .execute()
    return rows.map((row) => Id.parse(row).id)
  },
  destroy: (workspaceId, at) => destroy(database, workspaceId, at),
})
