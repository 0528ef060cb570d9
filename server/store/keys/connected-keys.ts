import { z } from 'zod'
import { KeyEndpoint } from '../../../shared/keys.ts'
import { FailureReason, ProviderName } from '../../../shared/providers.ts'
import type { Arranged } from '../../domain/keys/arrangement.ts'
import type { Listing } from '../../domain/keys/key-models.ts'
import type { StoredKey } from '../../domain/keys/keys.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'

/** JSON has no undefined: a fact that the provider does not tell is left out. */
const Listed = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    contextTokens: z.number().optional(),
    outputTokens: z.number().optional(),
    retiresAt: z.number().optional(),
  })
  .transform(({ id, name, contextTokens, outputTokens, retiresAt }) => ({
    id,
    name,
    contextTokens,
    outputTokens,
    retiresAt,
  }))

/** What a provider listed for a key, as JSON. */
export const ListingJson = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(Listed).nullable())

/** Ids of the channels that a key may answer for, as JSON; null: all. */
export const ChannelIds = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()))
  .nullable()

/** A version's endpoint, as JSON. */
export const Endpoint = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(KeyEndpoint)
  .nullable()

/** How a listing is stored. */
export const jsonOf = (listing: Listing): string => JSON.stringify(listing)

const Row = z.object({
  id: z.string(),
  provider: ProviderName,
  label: z.string(),
  state: z.enum(['active', 'rejected']),
  rejected_for: FailureReason.nullable(),
  model: z.string(),
  models: ListingJson,
  current_version: Count,
  base_address: z.string(),
  endpoint: Endpoint,
  channels: ChannelIds,
  position: Count,
  created_by_name: z.string(),
  created_at: Count,
  verified_at: Count,
  stored_at: Count,
  checked_at: Count.nullable(),
  unchecked_since: Count.nullable(),
})

type Channels = Arranged['channels']

const keyOf = (row: z.infer<typeof Row>, channels: Channels): StoredKey => ({
  id: row.id,
  provider: row.provider,
  label: row.label,
  state: row.state,
  rejectedFor: row.rejected_for,
  model: row.model,
  listing: row.models,
  version: row.current_version,
  baseAddress: row.base_address,
  endpoint: row.endpoint,
  channels: row.channels && channels.filter(({ id }) => row.channels?.includes(id)),
  position: row.position,
  connectedByName: row.created_by_name,
  connectedAt: row.created_at,
  verifiedAt: row.verified_at,
  storedAt: row.stored_at,
  checkedAt: row.checked_at,
  uncheckedSince: row.unchecked_since,
})

/** Living channels, by name. */
export const channelsOf = ({ db }: Pick<Database, 'db'>, workspaceId: string): Promise<Channels> =>
  db
    .selectFrom('channels')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()

const rowsOf = ({ db }: Pick<Database, 'db'>, workspaceId: string) =>
  db
    .selectFrom('provider_keys as k')
    .innerJoin('provider_key_versions as v', (join) =>
      join
        .onRef('v.workspace_id', '=', 'k.workspace_id')
        .onRef('v.key_id', '=', 'k.id')
        .onRef('v.version', '=', 'k.current_version'),
    )
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'k.workspace_id').onRef('m.id', '=', 'k.created_by'),
    )
    .select(['k.id', 'k.provider', 'k.label', 'k.state', 'k.rejected_for', 'k.model', 'k.models'])
    .select(['k.current_version', 'v.base_address', 'v.endpoint', 'm.name as created_by_name'])
    .select(['k.created_at', 'k.verified_at', 'k.channels', 'k.position'])
    .select(['v.created_at as stored_at', 'k.checked_at', 'k.unchecked_since'])
    .where('k.workspace_id', '=', workspaceId)
    .where('k.disconnected_at', 'is', null)
    .orderBy('k.position')
    .orderBy('k.created_at')
    .execute()

/** Connected keys in the order in which they answer. Where none is limited to channels, these are not read. */
export const connectedKeys = async (
  database: Pick<Database, 'db'>,
  workspaceId: string,
): Promise<readonly StoredKey[]> => {
  const rows = (await rowsOf(database, workspaceId)).map((row) => Row.parse(row))
  const limited = rows.some(({ channels }) => channels !== null)
  const channels = limited ? await channelsOf(database, workspaceId) : []
  return rows.map((row) => keyOf(row, channels))
}
