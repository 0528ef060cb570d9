import { z } from 'zod'
import { FailureReason, ReportingProvider } from '../../../shared/providers.ts'
import type { ReportingKeyStore, StoredReportingKey } from '../../domain/statements/reporting-keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'

const Row = z
  .object({
    workspace_id: z.string(),
    provider: ReportingProvider,
    version: Count,
    sealed: z.string(),
    base_address: z.string(),
    connected_by_name: z.string(),
    connected_at: Count,
    verified_at: Count,
    compared_at: Count.nullable(),
    failure: FailureReason.nullable(),
  })
  .transform(
    (row): StoredReportingKey => ({
      workspaceId: row.workspace_id,
      provider: row.provider,
      version: row.version,
      sealed: row.sealed,
      baseAddress: row.base_address,
      connectedByName: row.connected_by_name,
      connectedAt: row.connected_at,
      verifiedAt: row.verified_at,
      comparedAt: row.compared_at,
      failure: row.failure,
    }),
  )

const list = async ({ db }: Database, workspaceId: string): Promise<readonly StoredReportingKey[]> => {
  const rows = await db
    .selectFrom('reporting_keys as k')
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'k.workspace_id').onRef('m.id', '=', 'k.connected_by'),
    )
    .select(['k.workspace_id', 'k.provider', 'k.version', 'k.sealed', 'k.base_address'])
    .select(['m.name as connected_by_name', 'k.connected_at', 'k.verified_at', 'k.compared_at', 'k.failure'])
    .where('k.workspace_id', '=', workspaceId)
    .orderBy('k.provider')
    .execute()
  return rows.map((row) => Row.parse(row))
}

const FIRST_VERSION = 1

/** Reporting keys. Secrets come sealed and stay sealed; replacing and disconnecting overwrite or delete them. */
export const sqlReportingKeys = (database: Database, appendAudit: AppendAudit): ReportingKeyStore => ({
  list: (workspaceId) => list(database, workspaceId),
  put: ({ workspaceId, provider }, { version, sealed, baseAddress, verifiedAt, connectedBy }, record) =>
    database.transaction(workspaceId, async (tx) => {
      const values = {
        version,
        sealed,
        base_address: baseAddress,
        connected_by: connectedBy,
        connected_at: verifiedAt,
        verified_at: verifiedAt,
        next_at: verifiedAt,
        failure: null,
      }
      const written =
        version === FIRST_VERSION
          ? (
              await tx
                .insertInto('reporting_keys')
                .values({
                  workspace_id: workspaceId,
                  provider,
                  ...values,
                  claimed_until: null,
                  compared_at: null,
                })
                .onConflict((conflict) => conflict.doNothing())
                .executeTakeFirst()
            ).numInsertedOrUpdatedRows
          : (
              await tx
                .updateTable('reporting_keys')
                .set(values)
                .where('workspace_id', '=', workspaceId)
                .where('provider', '=', provider)
                .where('version', '=', version - 1)
                .executeTakeFirst()
            ).numUpdatedRows
      if (written !== 1n) return false
      await appendAudit(tx, record)
      return true
    }),
  remove: ({ workspaceId, provider }, record) =>
    database.transaction(workspaceId, async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('reporting_keys')
        .where('workspace_id', '=', workspaceId)
        .where('provider', '=', provider)
        .executeTakeFirst()
      if (numDeletedRows === 0n) return false
      await appendAudit(tx, record)
      return true
    }),
})
