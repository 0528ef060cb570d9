import { z } from 'zod'
import type { Workspace, WorkspaceChange } from '../../../shared/workspace.ts'
import { type SettingsStore, settingChanges } from '../../domain/workspace/workspace.ts'
import type { AppendAudit } from '../books/audit.ts'
import { openMonth } from '../books/periods.ts'
import { Count, Flag } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Row = z
  .object({
    id: z.string(),
    name: z.string(),
    time_zone: z.string(),
    retention_days: Count.nullable(),
    ai_on: Flag,
    created_at: Count,
    delete_at: Count.nullable(),
  })
  .transform(
    (row): Workspace => ({
      id: row.id,
      name: row.name,
      timeZone: row.time_zone,
      retentionDays: row.retention_days,
      aiOn: row.ai_on,
      createdAt: row.created_at,
      deleteAt: row.delete_at,
    }),
  )

const read = async (db: Executor, workspaceId: string): Promise<Workspace | undefined> => {
  const row = await db
    .selectFrom('workspaces')
    .select(['id', 'name', 'time_zone', 'retention_days', 'ai_on', 'created_at', 'delete_at'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return row && Row.parse(row)
}

const columnsOf = ({ name, timeZone, retentionDays, aiOn }: WorkspaceChange) => ({
  ...(name === undefined ? {} : { name }),
  ...(timeZone === undefined ? {} : { time_zone: timeZone }),
  ...(retentionDays === undefined ? {} : { retention_days: retentionDays }),
  ...(aiOn === undefined ? {} : { ai_on: aiOn ? 1 : 0 }),
})

type SettingsParts = {
  readonly appendAudit: AppendAudit
  readonly now: () => number
  readonly newId: () => string
}

/** What a workspace is called, in which zone its months are, how long it keeps receipts, and whether it drafts. */
export const sqlSettings = (
  database: Database,
  { appendAudit, now, newId }: SettingsParts,
): SettingsStore => ({
  read: (workspaceId) => read(database.db, workspaceId),
  change: (workspaceId, change, memberId) =>
    database.transaction(workspaceId, async (tx) => {
      const before = await read(tx, workspaceId)
      const changes = before === undefined ? [] : settingChanges(before, change)
      if (before === undefined || changes.length === 0) return
      if (changes.some(({ field }) => field === 'timeZone'))
        await openMonth(tx, { workspaceId, timeZone: before.timeZone, at: now(), id: newId() })
      await tx.updateTable('workspaces').set(columnsOf(change)).where('id', '=', workspaceId).execute()
      for (const facts of changes)
        await appendAudit(tx, { workspaceId, kind: 'workspace-changed', memberId, facts })
    }),
})
