import { z } from 'zod'
import { ProviderName, ReportingProvider } from '../../../shared/providers.ts'
import { webhookContext } from '../../domain/alerts/settings.ts'
import { bookkeepingKeyContext } from '../../domain/bookkeeping.ts'
import { keptDraftContext } from '../../domain/drafts/kept-drafts.ts'
import type { SealContext } from '../../domain/envelope.ts'
import { verifierContext } from '../../domain/identity/pairing.ts'
import { keyContext } from '../../domain/keys/keys.ts'
import { reportingKeyContext } from '../../domain/statements/reporting-keys.ts'
import { tokenKeyContext } from '../../domain/vault-secrets.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'

/** A text that is sealed under a workspace's key, and what it must be bound to; undefined for a kind that this Ownkey does not know. */
export type SealedRow = {
  readonly table: string
  readonly id: string
  readonly sealed: string
  readonly context: SealContext | undefined
}

const Secret = z.object({ id: z.string(), kind: z.string(), version: Count, sealed: z.string() })

const contextOf = (
  workspaceId: string,
  { id, kind, version }: z.infer<typeof Secret>,
): SealContext | undefined => {
  if (kind === 'token-key') return tokenKeyContext(version)
  if (kind === 'webhook') return webhookContext(workspaceId, id)
  return kind === 'bookkeeping-key' ? bookkeepingKeyContext(workspaceId, version) : undefined
}

const secrets = async (db: Executor, workspaceId: string): Promise<SealedRow[]> => {
  const rows = await db
    .selectFrom('secrets')
    .select(['id', 'kind', 'version', 'sealed'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '!=', 'vault-key')
    .execute()
  return rows
    .map((row) => Secret.parse(row))
    .map((secret) => ({
      table: 'secrets',
      id: secret.id,
      sealed: secret.sealed,
      context: contextOf(workspaceId, secret),
    }))
}

const Version = z.object({
  key_id: z.string(),
  version: Count,
  sealed: z.string(),
  base_address: z.string(),
  provider: ProviderName,
})

const providerKeys = async (db: Executor, workspaceId: string): Promise<SealedRow[]> => {
  const rows = await db
    .selectFrom('provider_key_versions as v')
    .innerJoin('provider_keys as k', (join) =>
      join.onRef('k.workspace_id', '=', 'v.workspace_id').onRef('k.id', '=', 'v.key_id'),
    )
    .select(['v.key_id', 'v.version', 'v.sealed', 'v.base_address', 'k.provider'])
    .where('v.workspace_id', '=', workspaceId)
    .where('v.sealed', 'is not', null)
    .execute()
  return rows
    .map((row) => Version.parse(row))
    .map(({ key_id, version, sealed, base_address, provider }) => ({
      table: 'provider_key_versions',
      id: `${key_id} version ${version}`,
      sealed,
      context: keyContext({ workspaceId, keyId: key_id }, provider, version, base_address),
    }))
}

const Code = z.object({ id: z.string(), sealed_verifier: z.string() })

const pairingCodes = async (db: Executor, workspaceId: string): Promise<SealedRow[]> => {
  const rows = await db
    .selectFrom('pairing_codes')
    .select(['id', 'sealed_verifier'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return rows
    .map((row) => Code.parse(row))
    .map(({ id, sealed_verifier }) => ({
      table: 'pairing_codes',
      id,
      sealed: sealed_verifier,
      context: verifierContext(workspaceId, id),
    }))
}

const Kept = z.object({ receipt_id: z.string(), device_id: z.string(), sealed: z.string() })

const keptDrafts = async (db: Executor, workspaceId: string): Promise<SealedRow[]> => {
  const rows = await db
    .selectFrom('kept_drafts')
    .select(['receipt_id', 'device_id', 'sealed'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return rows
    .map((row) => Kept.parse(row))
    .map(({ receipt_id, device_id, sealed }) => ({
      table: 'kept_drafts',
      id: receipt_id,
      sealed,
      context: keptDraftContext({ workspaceId, receiptId: receipt_id, deviceId: device_id }),
    }))
}

const Reporting = z.object({
  provider: ReportingProvider,
  version: Count,
  sealed: z.string(),
  base_address: z.string(),
})

const reportingKeys = async (db: Executor, workspaceId: string): Promise<SealedRow[]> => {
  const rows = await db
    .selectFrom('reporting_keys')
    .select(['provider', 'version', 'sealed', 'base_address'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return rows
    .map((row) => Reporting.parse(row))
    .map(({ provider, version, sealed, base_address }) => ({
      table: 'reporting_keys',
      id: `${provider} version ${version}`,
      sealed,
      context: reportingKeyContext({ workspaceId, provider }, version, base_address),
    }))
}

/** Every text that is sealed under the key of a workspace, or of the vault itself. A workspace has few of them at any moment. */
export const sealedRows = async (db: Executor, workspaceId: string): Promise<readonly SealedRow[]> => [
  ...(await secrets(db, workspaceId)),
  ...(await providerKeys(db, workspaceId)),
  ...(await reportingKeys(db, workspaceId)),
  ...(await pairingCodes(db, workspaceId)),
  ...(await keptDrafts(db, workspaceId)),
]
