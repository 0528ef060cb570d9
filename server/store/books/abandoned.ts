import { z } from 'zod'
import type { Settlement } from '../../domain/books/ledger.ts'
import { SILENCE_MS } from '../../domain/books/vaults.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'

/** A running attempt that nobody will end: it expired, or the vault that made the call is gone. */
const Row = z.object({ workspace_id: z.string(), id: z.string(), held: Amount, likely: Amount.nullable() })
type Abandoned = z.infer<typeof Row>

/** Attempts taken up by one sweep; the next sweep finds the rest. */
const SWEPT_AT_ONCE = 500

const abandoned = (db: Executor, now: number) =>
  db
    .selectFrom('attempts')
    .leftJoin('vaults', 'vaults.id', 'attempts.vault_id')
    .select(['attempts.workspace_id', 'attempts.id', 'attempts.held', 'attempts.likely'])
    .where('attempts.outcome', '=', 'running')
    .where((where) =>
      where.or([
        where('attempts.expires_at', '<=', now),
        where('vaults.id', 'is', null),
        where('vaults.stopped_at', 'is not', null),
        where('vaults.heartbeat_at', '<', now - SILENCE_MS),
      ]),
    )

/** What a sweep at `now` (ms) takes up. */
export const abandonedAttempts = async (db: Executor, now: number): Promise<readonly Abandoned[]> => {
  const rows = await abandoned(db, now).limit(SWEPT_AT_ONCE).execute()
  return rows.map((row) => Row.parse(row))
}

/** Whether an attempt is still abandoned, inside the transaction that would sweep it. */
export const isAbandoned = async (
  tx: Executor,
  { workspace_id, id }: Abandoned,
  now: number,
): Promise<boolean> =>
  (await abandoned(tx, now)
    .where('attempts.workspace_id', '=', workspace_id)
    .where('attempts.id', '=', id)
    .executeTakeFirst()) !== undefined

/** How an abandoned attempt is closed: at its upper bound, marked, with the likely cost beside it. */
export const lost = ({ workspace_id, id, held, likely }: Abandoned): Settlement => ({
  workspaceId: workspace_id,
  attemptId: id,
  outcome: 'lost',
  failure: null,
  certainty: 'estimated',
  settled: held,
  likely,
  usage: null,
  multiplier: null,
  tier: null,
  region: null,
  providerRequestId: null,
})
