import type { AuditRecord } from '../../domain/books/audit.ts'
import type { KeyPlace, ProvenVersion } from '../../domain/keys/keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import type { Database, Executor } from '../database.ts'
import { jsonOf } from './connected-keys.ts'

/** Writes a version down: the current one (`keptUntil` null), or one that is kept until a moment (ms). False when there is one of its number. */
export const insertVersion = async (
  tx: Executor,
  { workspaceId, keyId }: KeyPlace,
  { version, sealed, baseAddress, endpoint, model, listing, organization, verifiedAt }: ProvenVersion,
  keptUntil: number | null = null,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('provider_key_versions')
    .values({
      workspace_id: workspaceId,
      key_id: keyId,
      version,
      sealed,
      base_address: baseAddress,
      endpoint: endpoint && JSON.stringify(endpoint),
      organization,
      model,
      models: jsonOf(listing),
      verified_at: verifiedAt,
      created_at: verifiedAt,
      kept_until: keptUntil,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key_id', 'version']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Destroys the secrets of a key; its versions stay for the books. */
export const destroySecrets = async (
  tx: Executor,
  { workspaceId, keyId }: KeyPlace,
  at: number,
): Promise<void> => {
  await tx
    .updateTable('provider_key_versions')
    .set({ sealed: null, ended_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '=', keyId)
    .where('sealed', 'is not', null)
    .execute()
}

/** The row of a connected key, to be updated. */
export const connectedRow = (tx: Executor, { workspaceId, keyId }: KeyPlace) =>
  tx
    .updateTable('provider_keys')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .where('disconnected_at', 'is', null)

/** Runs a change and its record in one transaction; a change that found nothing to change writes nothing down. */
export const recorded =
  (database: Database, appendAudit: AppendAudit) =>
  (record: AuditRecord, change: (tx: Executor) => Promise<boolean>): Promise<boolean> =>
    database.transaction(record.workspaceId, async (tx) => {
      if (!(await change(tx))) return false
      await appendAudit(tx, record)
      return true
    })

/** Ends the rest of a key that has another secret now, or was proved again: what it rested for is over. */
export const wake = async (tx: Executor, { workspaceId, keyId }: KeyPlace): Promise<void> => {
  await tx
    .deleteFrom('resting')
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', 'key')
    .where('scope_id', '=', keyId)
    .execute()
}
