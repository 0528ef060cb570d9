import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { StoredRouting } from '../../domain/keys/routing-settings.ts'
import { Count, Flag } from '../columns.ts'
import type { Executor } from '../database.ts'

/** How a row of `routing` is read. */
export const RoutingRow = z
  .object({
    primary_provider: ProviderName.nullable(),
    backup_provider: ProviderName.nullable(),
    dearer: Flag,
    remind_after_days: Count,
  })
  .transform(
    (row): StoredRouting => ({
      primary: row.primary_provider,
      backup: row.backup_provider,
      dearer: row.dearer,
      remindAfterDays: row.remind_after_days,
    }),
  )

/** Who answers and who stands in, as it was said last; undefined where nobody has said anything. */
export const routingOf = async (db: Executor, workspaceId: string): Promise<StoredRouting | undefined> => {
  const row = await db
    .selectFrom('routing')
    .select(['primary_provider', 'backup_provider', 'dearer', 'remind_after_days'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return row && RoutingRow.parse(row)
}

/** Says it from now on; belongs into a transaction about the workspace. */
export const writeRouting = async (
  tx: Executor,
  workspaceId: string,
  { primary, backup, dearer, remindAfterDays }: StoredRouting,
  at: number,
): Promise<void> => {
  const columns = {
    primary_provider: primary,
    backup_provider: backup,
    dearer: Number(dearer),
    remind_after_days: remindAfterDays,
    changed_at: at,
  }
  await tx
    .insertInto('routing')
    .values({ workspace_id: workspaceId, ...columns })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(columns))
    .execute()
}
