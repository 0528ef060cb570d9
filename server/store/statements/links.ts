import { z } from 'zod'
import type { KeyLink } from '../../../shared/statements/reporting-keys.ts'
import type { LinkStore } from '../../domain/statements/links.ts'
import type { ReportingPlace } from '../../domain/statements/reporting-keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'

const Row = z
  .object({
    id: z.string(),
    label: z.string(),
    version: Count,
    current_version: Count,
    disconnected_at: Count.nullable(),
    provider_key_id: z.string().nullable(),
    linked_by: z.enum(['hint', 'owner']).nullable(),
  })
  .transform(
    (row): KeyLink => ({
      keyId: row.id,
      label: row.label,
      version: row.version,
      current: row.disconnected_at === null && row.version === row.current_version,
      providerKeyId: row.provider_key_id,
      by: row.linked_by,
    }),
  )

const list = async (
  { db }: Database,
  { workspaceId, provider }: ReportingPlace,
): Promise<readonly KeyLink[]> => {
  const rows = await db
    .selectFrom('provider_key_versions as v')
    .innerJoin('provider_keys as k', (join) =>
      join.onRef('k.workspace_id', '=', 'v.workspace_id').onRef('k.id', '=', 'v.key_id'),
    )
    .leftJoin('key_links as l', (join) =>
      join
        .onRef('l.workspace_id', '=', 'v.workspace_id')
        .onRef('l.key_id', '=', 'v.key_id')
        .onRef('l.version', '=', 'v.version'),
    )
    .select(['k.id', 'k.label', 'v.version', 'k.current_version', 'k.disconnected_at'])
    .select(['l.provider_key_id', 'l.linked_by'])
    .where('v.workspace_id', '=', workspaceId)
    .where('k.provider', '=', provider)
    .orderBy('v.created_at', 'desc')
    .orderBy('v.version', 'desc')
    .execute()
  return rows.map((row) => Row.parse(row))
}

/** Which keys of the provider ours are. */
export const sqlLinks = (database: Database, appendAudit: AppendAudit): LinkStore => ({
  list: (place) => list(database, place),
  put: ({ workspaceId }, { keyId, version, providerKeyId, by }, record) =>
    database.transaction(workspaceId, async (tx) => {
      const link = { provider_key_id: providerKeyId, linked_by: by }
      await tx
        .insertInto('key_links')
        .values({ workspace_id: workspaceId, key_id: keyId, version, ...link })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'key_id', 'version']).doUpdateSet(link))
        .execute()
      if (record !== undefined) await appendAudit(tx, record)
    }),
})
