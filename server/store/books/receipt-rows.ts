import { z } from 'zod'
import { Usage } from '../../../shared/providers.ts'
import type { BegunDrafts, HoldRequest, KnownRequest } from '../../domain/books/ledger.ts'
import { type RolledAttempt, rollUp } from '../../domain/books/roll-up.ts'
import { SILENCE_MS } from '../../domain/books/vaults.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type AttemptRow, attemptsOf } from './attempts.ts'

/** Reads the usage that an attempt keeps as JSON. */
export const usageOf = (text: string | null): Usage | null =>
  text === null ? null : Usage.parse(JSON.parse(text))

/** Writes down a request that begins; `day` is the calendar day of its period's zone. False when the member's idempotency key is taken; then nothing was written. */
export const insertReceipt = async (
  tx: Executor,
  { workspaceId, receipt, attempt }: HoldRequest,
  day: string,
  at: number,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('receipts')
    .values({
      workspace_id: workspaceId,
      id: receipt.id,
      resolution_id: receipt.resolutionId,
      purpose: receipt.purpose,
      urgent_by: receipt.urgentBy,
      member_id: receipt.memberId,
      device_id: receipt.deviceId,
      channel_id: receipt.channelId,
      site: receipt.site,
      idempotency_key: receipt.idempotencyKey,
      request_hash: receipt.requestHash,
      provider: attempt.provider,
      model: attempt.model,
      outcome: 'running',
      certainty: 'pending',
      settled: 0n,
      likely: null,
      input_tokens: null,
      output_tokens: null,
      at,
      day,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'idempotency_key']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

const rolled = (row: AttemptRow): RolledAttempt => ({
  provider: row.provider,
  model: row.model,
  outcome: row.outcome,
  certainty: row.certainty,
  settled: row.settled,
  likely: row.likely,
  usage: usageOf(row.usage),
  flawed: row.flaw !== null,
  endedAt: row.ended_at,
})

/** Says which event of the ledger changed a receipt last. Belongs to every change of one, in its transaction. */
export const markChanged = async (
  tx: Executor,
  workspaceId: string,
  receiptId: string,
  seq: number,
): Promise<void> => {
  await tx
    .updateTable('receipts')
    .set({ changed_seq: seq })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', receiptId)
    .execute()
}

/** Brings a receipt's own figures up to its attempts, in their transaction; `seq` is the number of the event that changed them. */
export const rollUpReceipt = async (
  tx: Executor,
  workspaceId: string,
  receiptId: string,
  seq: number,
): Promise<void> => {
  const [first, ...others] = (await attemptsOf(tx, workspaceId, [receiptId])).map(rolled)
  if (first === undefined) throw new Error(`receipt ${receiptId} has no attempt`)
  const figures = rollUp([first, ...others])
  const { numUpdatedRows } = await tx
    .updateTable('receipts')
    .set({
      provider: figures.provider,
      model: figures.model,
      outcome: figures.outcome,
      certainty: figures.certainty,
      settled: figures.settled,
      likely: figures.likely,
      input_tokens: figures.inputTokens,
      output_tokens: figures.outputTokens,
      flawed: figures.flawed ? 1 : 0,
      fell_back: others.length > 0 ? 1 : 0,
      ended_at: figures.endedAt,
      changed_seq: seq,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`attempts of receipt ${receiptId} have no receipt`)
}

const Known = z.object({ id: z.string(), request_hash: z.string(), outcome: z.string() })

const hasLivingOwner = async (
  db: Executor,
  workspaceId: string,
  receiptId: string,
  now: number,
): Promise<boolean> => {
  const row = await db
    .selectFrom('attempts')
    .innerJoin('vaults', 'vaults.id', 'attempts.vault_id')
    .select('attempts.id')
    .where('attempts.workspace_id', '=', workspaceId)
    .where('attempts.receipt_id', '=', receiptId)
    .where('attempts.outcome', '=', 'running')
    .where('attempts.expires_at', '>', now)
    .where('vaults.stopped_at', 'is', null)
    .where('vaults.heartbeat_at', '>=', now - SILENCE_MS)
    .executeTakeFirst()
  return row !== undefined
}

/** The request that a member made before under this key. */
export const knownRequest = async (
  db: Executor,
  asked: { readonly workspaceId: string; readonly memberId: string; readonly idempotencyKey: string },
  now: number,
): Promise<KnownRequest | undefined> => {
  const row = await db
    .selectFrom('receipts')
    .select(['id', 'request_hash', 'outcome'])
    .where('workspace_id', '=', asked.workspaceId)
    .where('member_id', '=', asked.memberId)
    .where('idempotency_key', '=', asked.idempotencyKey)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { id, request_hash, outcome } = Known.parse(row)
  const running = outcome === 'running'
  const ownerAlive = running && (await hasLivingOwner(db, asked.workspaceId, id, now))
  return { receiptId: id, requestHash: request_hash, running, ownerAlive }
}

const Drafts = z.object({ count: Count, oldest: Count.nullable() })

/**
 * How many drafts and refinements began after `since`, and when the oldest of them did. What is tried out in the playground is among them: it
 * counts under no cap but its own, which may not be set, and would otherwise be a way around all of them without any bound.
 */
export const draftsSince = async (db: Executor, workspaceId: string, since: number): Promise<BegunDrafts> => {
  const row = await db
    .selectFrom('receipts')
    .select(({ fn }) => [fn.countAll().as('count'), fn.min('at').as('oldest')])
    .where('workspace_id', '=', workspaceId)
    .where('at', '>', since)
    .where('purpose', 'in', ['draft', 'refine', 'playground'])
    .executeTakeFirstOrThrow()
  const { count, oldest } = Drafts.parse(row)
  return { count, oldestAt: oldest ?? undefined }
}
