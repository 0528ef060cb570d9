import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import { isTaken } from '../../domain/keys/changing.ts'
import type { KeyStore, NewKey, SealedVersion } from '../../domain/keys/keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { keyArranging } from './arranging.ts'
import { connectedKeys, Endpoint, jsonOf } from './connected-keys.ts'
import { routableKeys } from './routable-keys.ts'
import { connectedRow, insertVersion, recorded } from './version-rows.ts'

const Version = z
  .object({ provider: ProviderName, sealed: z.string(), base_address: z.string(), endpoint: Endpoint })
  .transform(({ base_address: baseAddress, ...row }): SealedVersion => ({ ...row, baseAddress }))

const Highest = z.object({ highest: Count.nullable() })

const lastPosition = async (tx: Executor, workspaceId: string): Promise<number> => {
  const row = await tx
    .selectFrom('provider_keys')
    .select(({ fn }) => fn.max('position').as('highest'))
    .where('workspace_id', '=', workspaceId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return Highest.parse(row).highest ?? 0
}

const Named = z.object({ id: z.string(), provider: ProviderName, label: z.string() })

const labels = async (tx: Executor, workspaceId: string) => {
  const rows = await tx
    .selectFrom('provider_keys')
    .select(['id', 'provider', 'label'])
    .where('workspace_id', '=', workspaceId)
    .where('disconnected_at', 'is', null)
    .execute()
  return rows.map((row) => Named.parse(row))
}

const insertKey = async (tx: Executor, key: NewKey): Promise<void> => {
  const { workspaceId, keyId, provider, label, connectedBy, proven } = key
  await tx
    .insertInto('provider_keys')
    .values({
      workspace_id: workspaceId,
      id: keyId,
      provider,
      label,
      position: (await lastPosition(tx, workspaceId)) + 1,
      state: 'active',
      rejected_for: null,
      model: proven.model,
      models: jsonOf(proven.listing),
      current_version: proven.version,
      created_by: connectedBy,
      created_at: proven.verifiedAt,
      verified_at: proven.verifiedAt,
      disconnected_at: null,
    })
    .execute()
}

/** Provider keys and their versions. Secrets come sealed and stay sealed; disconnecting destroys them. */
export const sqlKeys = (database: Database, appendAudit: AppendAudit): KeyStore => {
  const record = recorded(database, appendAudit)
  return {
    ...keyArranging(database, appendAudit),
    list: (workspaceId) => connectedKeys(database, workspaceId),
    routable: (workspaceId, channelId) => routableKeys(database, workspaceId, channelId),
    version: async ({ workspaceId, keyId, version }) => {
      const row = await database.db
        .selectFrom('provider_key_versions as v')
        .innerJoin('provider_keys as k', (join) =>
          join.onRef('k.workspace_id', '=', 'v.workspace_id').onRef('k.id', '=', 'v.key_id'),
        )
        .select(['k.provider', 'v.sealed', 'v.base_address', 'v.endpoint'])
        .where('v.workspace_id', '=', workspaceId)
        .where('v.key_id', '=', keyId)
        .where('v.version', '=', version)
        .where('v.sealed', 'is not', null)
        .executeTakeFirst()
      return row && Version.parse(row)
    },
    connect: (key, entry) =>
      record(entry, async (tx) => {
        if (isTaken(await labels(tx, key.workspaceId), key.provider, key.label)) return false
        await insertKey(tx, key)
        await insertVersion(tx, key, key.proven)
        return true
      }),
    reject: ({ version, reason, ...place }, entry) =>
      record(entry, async (tx) => {
        const rejected = await connectedRow(tx, place)
          .set({ state: 'rejected', rejected_for: reason })
          .where('current_version', '=', version)
          .where('state', '=', 'active')
          .executeTakeFirst()
        return rejected.numUpdatedRows > 0n
      }),
    refuse: (entry) => database.transaction(entry.workspaceId, (tx) => appendAudit(tx, entry)),
  }
}
