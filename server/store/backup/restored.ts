import { z } from 'zod'
import type { Link } from '../../domain/books/events.ts'
import { lost } from '../books/abandoned.ts'
import { auditAppender } from '../books/audit.ts'
import { eventAppender } from '../books/events.ts'
import { settleIn } from '../books/settle.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'

type RestoreParts = { readonly now: () => number; readonly link: Link }

/** What was done to rows that would mean more than they should after a restore. */
type Restored = { readonly workspaces: number; readonly devices: number; readonly holds: number }

/** The name under which the vault keeps what is no workspace's. */
const VAULT = 'vault'

const Running = z.object({
  workspace_id: z.string(),
  id: z.string(),
  held: Amount,
  likely: Amount.nullable(),
})

/** The calls that ran at the moment of the backup: what they cost is not in it, so they count at their upper bound, and are marked. */
const settleHolds = async (tx: Executor, { now, link }: RestoreParts): Promise<number> => {
  const rows = await tx
    .selectFrom('attempts')
    .select(['workspace_id', 'id', 'held', 'likely'])
    .where('outcome', '=', 'running')
    .execute()
  const append = eventAppender(link)
  for (const row of rows) await settleIn(tx, append, lost(Running.parse(row)), now())
  return rows.length
}

const voidLogins = async (tx: Executor, at: number): Promise<number> => {
  await tx.deleteFrom('secrets').where('workspace_id', '=', VAULT).where('kind', '=', 'token-key').execute()
  await tx.deleteFrom('pairing_codes').where('used_at', 'is', null).execute()
  const { numUpdatedRows } = await tx
    .updateTable('devices')
    .set({ suspended_at: at })
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

const Id = z.object({ id: z.string() })

/** What waited to be sent then was sent meanwhile, or is told by the vault that was backed up. */
const giveUpDeliveries = async (tx: Executor): Promise<void> => {
  await tx
    .updateTable('outbox')
    .set({ next_at: null, claimed_until: null, failure: 'restored' })
    .where('next_at', 'is not', null)
    .execute()
}

const tellEveryWorkspace = async (
  tx: Executor,
  parts: RestoreParts,
  facts: { readonly backupAt: string },
): Promise<number> => {
  const append = auditAppender(parts)
  const rows = await tx.selectFrom('workspaces').select('id').orderBy('id').execute()
  for (const row of rows)
    await append(tx, { workspaceId: Id.parse(row).id, kind: 'vault-restored', memberId: null, facts })
  return rows.length
}

/**
 * Makes loaded rows safe to use: the vault sealed, waiting alerts given up, tokens and pending codes void, every browser waiting for approval, open holds settled
 * as unknown, and a record in every workspace. `backupAt` is when the backup was made.
 */
export const afterRestore = async (
  tx: Executor,
  parts: RestoreParts,
  backupAt: string,
): Promise<Restored> => {
  const at = parts.now()
  await tx.deleteFrom('seals').execute()
  await tx.insertInto('seals').values({ workspace_id: VAULT, sealed_at: at }).execute()
  const devices = await voidLogins(tx, at)
  await giveUpDeliveries(tx)
  const holds = await settleHolds(tx, parts)
  const workspaces = await tellEveryWorkspace(tx, parts, { backupAt })
  return { workspaces, devices, holds }
}
