import { z } from 'zod'
import type { Link } from '../../domain/books/events.ts'
import { replaces, replyPurposes, type Telling, type TellOutcome } from '../../domain/drafts/outcomes.ts'
import { Refusal } from '../../domain/refusal.ts'
import { eventAppender } from '../books/events.ts'
import { markChanged } from '../books/receipt-rows.ts'
import type { Database, Executor } from '../database.ts'
import { SummaryRow, toldOf } from './summary.ts'

const Row = z
  .object(SummaryRow.pick({ resolution_id: true, told_outcome: true, told_edited: true }).shape)
  .transform((row) => ({ resolutionId: row.resolution_id, written: toldOf(row) }))

const ownReply = async (
  tx: Executor,
  { workspaceId, memberId, receiptId }: Telling,
): Promise<z.output<typeof Row>> => {
  const row = await tx
    .selectFrom('receipts')
    .select(['resolution_id', 'told_outcome', 'told_edited'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', receiptId)
    .where('member_id', '=', memberId)
    .where('purpose', 'in', [...replyPurposes])
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('not-found', {})
  return Row.parse(row)
}

const write = async (tx: Executor, { workspaceId, receiptId, told }: Telling): Promise<void> => {
  await tx
    .updateTable('receipts')
    .set({ told_outcome: told.outcome, told_edited: told.editedPercent })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', receiptId)
    .execute()
}

/** What became of drafts, in the database. */
export const sqlToldOutcomes = (
  { transaction }: Database,
  { now, link }: { readonly now: () => number; readonly link: Link },
): TellOutcome => {
  const append = eventAppender(link)
  return (telling) =>
    transaction(telling.workspaceId, async (tx) => {
      const { workspaceId, memberId, receiptId, told } = telling
      const { resolutionId, written } = await ownReply(tx, telling)
      if (!replaces(told, written)) return written ?? told
      await write(tx, telling)
      const before = written?.outcome ?? null
      const facts = { receipt: receiptId, resolution: resolutionId, member: memberId, ...told, before }
      const seq = await append(tx, { workspaceId, log: 'ledger', kind: 'outcome-told', at: now(), facts })
      await markChanged(tx, workspaceId, receiptId, seq)
      return told
    })
}
