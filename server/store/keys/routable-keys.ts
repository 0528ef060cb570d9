import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { RoutableKey, RouteStore } from '../../domain/keys/key-routes.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'
import { RoutingRow } from '../routing/settings.ts'
import { ChannelIds, ListingJson } from './connected-keys.ts'

/** Stands for no channel: ids are UUIDs. */
const NO_CHANNEL = ''

const Row = z
  .object({
    id: z.string(),
    provider: ProviderName,
    label: z.string(),
    state: z.enum(['active', 'rejected']),
    model: z.string(),
    current_version: Count,
    base_address: z.string(),
    channels: ChannelIds,
    choice: z.string().nullable(),
    listing: ListingJson.nullable(),
  })
  .transform(
    ({ choice, listing, ...row }): RoutableKey => ({
      keyId: row.id,
      provider: row.provider,
      label: row.label,
      state: row.state,
      model: row.model,
      version: row.current_version,
      baseAddress: row.base_address,
      channels: row.channels,
      choice: choice === null ? null : { model: choice, listing },
    }),
  )

/** What is listed for a key comes along only where a channel’s choice is to be looked up in it: it is long, and each draft asks. */
const rowsOf = ({ db }: Database, workspaceId: string, channelId: string | null) =>
  db
    .selectFrom('provider_keys as k')
    .innerJoin('provider_key_versions as v', (join) =>
      join
        .onRef('v.workspace_id', '=', 'k.workspace_id')
        .onRef('v.key_id', '=', 'k.id')
        .onRef('v.version', '=', 'k.current_version'),
    )
    .leftJoin('routing as r', 'r.workspace_id', 'k.workspace_id')
    .leftJoin('channel_models as c', (join) =>
      join
        .onRef('c.workspace_id', '=', 'k.workspace_id')
        .onRef('c.provider', '=', 'k.provider')
        .on('c.channel_id', '=', channelId ?? NO_CHANNEL),
    )
    .select(['k.id', 'k.provider', 'k.label', 'k.state', 'k.model', 'k.current_version', 'k.channels'])
    .select(['v.base_address', 'c.model as choice'])
    .select(['r.primary_provider', 'r.backup_provider', 'r.dearer', 'r.remind_after_days'])
    .select(({ eb, ref }) =>
      eb.case().when('c.model', 'is', null).then(null).else(ref('k.models')).end().as('listing'),
    )
    .where('k.workspace_id', '=', workspaceId)
    .where('k.disconnected_at', 'is', null)
    .orderBy('k.position')
    .orderBy('k.created_at')
    .execute()

/** Connected keys as drafts need them, in one query. */
export const routableKeys = async (
  database: Database,
  workspaceId: string,
  channelId: string | null,
): ReturnType<RouteStore['routable']> => {
  const rows = await rowsOf(database, workspaceId, channelId)
  const [first] = rows
  const isSaid = first !== undefined && first.remind_after_days !== null
  return { keys: rows.map((row) => Row.parse(row)), routing: isSaid ? RoutingRow.parse(first) : undefined }
}
