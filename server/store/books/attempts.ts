import { z } from 'zod'
import { FailureReason, ProviderName } from '../../../shared/providers.ts'
import { AttemptOutcome, Certainty, Purpose } from '../../../shared/receipts.ts'
import type { HoldRequest, Settlement } from '../../domain/books/ledger.ts'
import { Amount, Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { entryText } from './price-entry.ts'

/** An attempt as it is stored. `price`, `usage`, `raw_usage` and `flaw` are JSON. */
export const AttemptRow = z.object({
  id: z.string(),
  receipt_id: z.string(),
  number: Count,
  purpose: Purpose,
  provider: ProviderName,
  model: z.string(),
  key_label: z.string(),
  key_version: Count,
  base_address: z.string(),
  outcome: AttemptOutcome,
  failure: FailureReason.nullable(),
  certainty: Certainty,
  held: Amount,
  settled: Amount,
  likely: Amount.nullable(),
  usage: z.string().nullable(),
  raw_usage: z.string().nullable(),
  flaw: z.string().nullable(),
  price: z.string(),
  multiplier: z.string().nullable(),
  tier: z.string().nullable(),
  region: z.string().nullable(),
  provider_request_id: z.string().nullable(),
  started_at: Count,
  ended_at: Count.nullable(),
})
export type AttemptRow = z.infer<typeof AttemptRow>

const columns = AttemptRow.keyof().options

/** The attempts of some receipts, in their order. */
export const attemptsOf = async (
  db: Executor,
  workspaceId: string,
  receiptIds: readonly string[],
): Promise<readonly AttemptRow[]> => {
  const rows = await db
    .selectFrom('attempts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('receipt_id', 'in', receiptIds)
    .orderBy('receipt_id')
    .orderBy('number')
    .execute()
  return rows.map((row) => AttemptRow.parse(row))
}

export const findAttempt = async (
  db: Executor,
  workspaceId: string,
  id: string,
): Promise<AttemptRow | undefined> => {
  const row = await db
    .selectFrom('attempts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && AttemptRow.parse(row)
}

/** Writes down a call that is about to be made. */
export const insertAttempt = async (tx: Executor, request: HoldRequest, at: number): Promise<void> => {
  const { workspaceId, vaultId, receipt, attempt, bound, likely, expiresAt } = request
  await tx
    .insertInto('attempts')
    .values({
      workspace_id: workspaceId,
      id: attempt.id,
      receipt_id: receipt.id,
      number: attempt.number,
      purpose: attempt.purpose,
      provider: attempt.provider,
      model: attempt.model,
      key_id: attempt.keyId,
      key_label: attempt.keyLabel,
      key_version: attempt.keyVersion,
      base_address: attempt.baseAddress,
      outcome: 'running',
      failure: null,
      certainty: 'pending',
      held: bound,
      settled: 0n,
      likely,
      usage: null,
      price: entryText(attempt.entry),
      multiplier: null,
      tier: null,
      region: null,
      provider_request_id: null,
      vault_id: vaultId,
      started_at: at,
      expires_at: expiresAt,
      ended_at: null,
    })
    .execute()
}

/** Writes down how a call ended; `at` is the moment of the latest word about it. */
export const endAttempt = async (tx: Executor, settlement: Settlement, at: number): Promise<void> => {
  const { workspaceId, attemptId, usage, reported, providerRequestId, ...ending } = settlement
  const flaw = reported?.flaw ?? null
  await tx
    .updateTable('attempts')
    .set({
      outcome: ending.outcome,
      failure: ending.failure,
      certainty: ending.certainty,
      settled: ending.settled,
      likely: ending.likely,
      usage: usage && JSON.stringify(usage),
      raw_usage: reported === undefined ? null : JSON.stringify(reported.raw),
      flaw: flaw && JSON.stringify(flaw),
      multiplier: ending.multiplier,
      tier: ending.tier,
      region: ending.region,
      provider_request_id: providerRequestId,
      ended_at: at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', attemptId)
    .execute()
}
