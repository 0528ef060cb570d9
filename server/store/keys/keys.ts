import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { KeyPlace, KeyStore, NewKey, ProvenVersion, SealedVersion } from '../../domain/keys/keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { connectedKeys, Endpoint, jsonOf } from './connected-keys.ts'

const Version = z
  .object({ provider: ProviderName, sealed: z.string(), base_address: z.string(), endpoint: Endpoint })
  .transform(({ base_address: baseAddress, ...row }): SealedVersion => ({ ...row, baseAddress }))

const Position = z.object({ lowest: Count.nullable(), highest: Count.nullable() })

const positions = async (tx: Executor, workspaceId: string) => {
  const row = await tx
    .selectFrom('provider_keys')
    .select(({ fn }) => [fn.min('position').as('lowest'), fn.max('position').as('highest')])
    .where('workspace_id', '=', workspaceId)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()
  return Position.parse(row)
}

const isConnected = async (tx: Executor, workspaceId: string, provider: ProviderName): Promise<boolean> =>
  (await tx
    .selectFrom('provider_keys')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('provider', '=', provider)
    .where('disconnected_at', 'is', null)
    .executeTakeFirst()) !== undefined

const insertVersion = async (
  tx: Executor,
  { workspaceId, keyId }: KeyPlace,
  { version, sealed, baseAddress, endpoint, model, listing, verifiedAt }: ProvenVersion,
): Promise<void> => {
  await tx
    .insertInto('provider_key_versions')
    .values({
      workspace_id: workspaceId,
      key_id: keyId,
      version,
      sealed,
      base_address: baseAddress,
      endpoint: endpoint && JSON.stringify(endpoint),
      model,
      models: jsonOf(listing),
      verified_at: verifiedAt,
      created_at: verifiedAt,
      ended_at: null,
    })
    .execute()
}

/** Destroys the secrets of a key; its versions stay for the books. */
const destroySecrets = async (tx: Executor, { workspaceId, keyId }: KeyPlace, at: number): Promise<void> => {
  await tx
    .updateTable('provider_key_versions')
    .set({ sealed: null, ended_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '=', keyId)
    .where('sealed', 'is not', null)
    .execute()
}

const insertKey = async (tx: Executor, key: NewKey): Promise<void> => {
  const { workspaceId, keyId, provider, label, connectedBy, proven } = key
  const { highest } = await positions(tx, workspaceId)
  await tx
    .insertInto('provider_keys')
    .values({
      workspace_id: workspaceId,
      id: keyId,
      provider,
      label,
      position: (highest ?? 0) + 1,
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

/** The row of a connected key, to be updated. */
const connectedRow = (tx: Executor, { workspaceId, keyId }: KeyPlace) =>
  tx
    .updateTable('provider_keys')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .where('disconnected_at', 'is', null)

/** Runs a change and its record in one transaction; a change that found nothing to change writes nothing down. */
const recorded =
  (database: Database, appendAudit: AppendAudit) =>
  (record: Parameters<AppendAudit>[1], change: (tx: Executor) => Promise<boolean>): Promise<boolean> =>
    database.transaction(record.workspaceId, async (tx) => {
      if (!(await change(tx))) return false
      await appendAudit(tx, record)
      return true
    })

const replaceWith = async (tx: Executor, place: KeyPlace, proven: ProvenVersion): Promise<boolean> => {
  const { version, model, listing, verifiedAt } = proven
  const updated = await connectedRow(tx, place)
    .set({ current_version: version, model, models: jsonOf(listing), verified_at: verifiedAt })
    .set({ state: 'active', rejected_for: null })
    .where('current_version', '=', version - 1)
    .executeTakeFirst()
  if (updated.numUpdatedRows === 0n) return false
  await destroySecrets(tx, place, verifiedAt)
  await insertVersion(tx, place, proven)
  return true
}

const changeTo = async (
  tx: Executor,
  place: KeyPlace,
  { model, primary }: { model?: string | undefined; primary?: true | undefined },
): Promise<boolean> => {
  const { lowest } = await positions(tx, place.workspaceId)
  const updated = await connectedRow(tx, place)
    .set(model === undefined ? {} : { model })
    .set(primary === undefined ? {} : { position: (lowest ?? 1) - 1 })
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** Provider keys and their versions. Secrets come sealed and stay sealed; replacing and disconnecting destroys them. */
export const sqlKeys = (database: Database, appendAudit: AppendAudit): KeyStore => {
  const record = recorded(database, appendAudit)
  return {
    list: (workspaceId) => connectedKeys(database, workspaceId),
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
        if (await isConnected(tx, key.workspaceId, key.provider)) return false
        await insertKey(tx, key)
        await insertVersion(tx, key, key.proven)
        return true
      }),
    replace: (place, proven, entry) => record(entry, (tx) => replaceWith(tx, place, proven)),
    disconnect: ({ at, ...place }, entry) =>
      record(entry, async (tx) => {
        const ended = await connectedRow(tx, place).set({ disconnected_at: at }).executeTakeFirst()
        if (ended.numUpdatedRows === 0n) return false
        await destroySecrets(tx, place, at)
        return true
      }),
    change: (place, change, entry) => record(entry, (tx) => changeTo(tx, place, change)),
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
