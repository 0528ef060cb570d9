import { z } from 'zod'
import type { ReceiptChangesQuery, ReceiptSummary } from '../../../shared/receipts.ts'
import { Refusal } from '../../domain/refusal.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type Summaries, SummaryRow, summaries, summaryOf } from './summary.ts'

/** A place in the order of changes: behind the receipt that the event with this number changed last. */
const PlaceText = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f-]{0,36}$/)
  .transform((text) => {
    const [seq = '', id = ''] = text.split('.')
    return { seq: Number(seq), id }
  })
type Place = z.output<typeof PlaceText>

const begin: Place = { seq: 0, id: '' }

const cursorAt = ({ seq, id }: Place): string => Buffer.from(`${seq}.${id}`).toString('base64url')

const placeOf = (cursor: string | undefined): Place => {
  if (cursor === undefined) return begin
  const place = PlaceText.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (place.success) return place.data
  throw new Refusal('malformed-request', { issues: [{ path: 'after', rule: 'a cursor of this list' }] })
}

const ChangedRow = SummaryRow.extend({ changed_seq: Count })

const changedAfter = (query: Summaries, { seq, id }: Place) =>
  query
    .select('receipts.changed_seq')
    .where('receipts.changed_seq', '>=', seq)
    .where((where) => where.or([where('receipts.changed_seq', '>', seq), where('receipts.id', '>', id)]))
    .orderBy('receipts.changed_seq')
    .orderBy('receipts.id')

/**
 * The receipts that changed since a cursor, in the order of the ledger's events. An event's number is taken and committed under the
 * workspace's lock, so none can appear behind a place that was already handed out.
 */
export const receiptChanges = async (
  db: Executor,
  workspaceId: string,
  { after, limit }: ReceiptChangesQuery,
  memberId: string | undefined,
): Promise<{ receipts: ReceiptSummary[]; next: string; more: boolean }> => {
  const place = placeOf(after)
  const rows = await changedAfter(summaries(db, workspaceId, memberId), place)
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit).map((row) => ChangedRow.parse(row))
  const last = page.at(-1)
  const next = last === undefined ? place : { seq: last.changed_seq, id: last.id }
  return { receipts: page.map(summaryOf), next: cursorAt(next), more: rows.length > limit }
}
