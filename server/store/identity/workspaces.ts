import { z } from 'zod'
import type { NewWorkspace, WorkspaceStore } from '../../domain/identity/workspaces.ts'
import type { AppendAudit } from '../books/audit.ts'
import { insertDefaultCap } from '../books/caps.ts'
import type { Database, Executor } from '../database.ts'

const Wrapped = z.object({ wrapped_key: z.string() })
const Summary = z.object({ id: z.string(), name: z.string(), time_zone: z.string() })

const insert = async (
  tx: Executor,
  appendAudit: AppendAudit,
  { id, name, timeZone, wrappedKey, createdAt }: NewWorkspace,
): Promise<void> => {
  await tx
    .insertInto('workspaces')
    .values({ id, name, time_zone: timeZone, ai_on: 1, wrapped_key: wrappedKey, created_at: createdAt })
    .execute()
  await insertDefaultCap(tx, id, createdAt)
  const facts = { name, timeZone }
  await appendAudit(tx, { workspaceId: id, kind: 'workspace-created', memberId: null, facts })
}

/** A workspace whose key was destroyed is on its way out; nothing can be opened in it. */
const living = (db: Executor) => db.selectFrom('workspaces').where('wrapped_key', '!=', '')

/** Workspaces, each with its key as the master key wrapped it. */
export const sqlWorkspaces = (database: Database, appendAudit: AppendAudit): WorkspaceStore => ({
  create: (workspace) => database.transaction(workspace.id, (tx) => insert(tx, appendAudit, workspace)),
  createFirst: (workspace) =>
    database.transaction('workspaces', async (tx) => {
      const known = await living(tx).select('id').limit(1).executeTakeFirst()
      if (known === undefined) await insert(tx, appendAudit, workspace)
    }),
  wrappedKey: async (workspaceId) => {
    const row = await living(database.db)
      .select('wrapped_key')
      .where('id', '=', workspaceId)
      .executeTakeFirst()
    return row && Wrapped.parse(row).wrapped_key
  },
  list: async () => {
    const rows = await living(database.db)
      .select(['id', 'name', 'time_zone'])
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows
      .map((row) => Summary.parse(row))
      .map(({ id, name, time_zone }) => ({ id, name, timeZone: time_zone }))
  },
})
