import { z } from 'zod'
import type { ReceiptChangesQuery, ReceiptSummary } from '../../../shared/receipts.ts'
import { Refusal } from '../../domain/refusal.ts'
import { hashAt } from '../books/events.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type Summaries, SummaryRow, summaries, summaryOf } from './summary.ts'

/**
 * A place in the order of changes: behind the receipt that the event with this number changed last. The event's hash tells whether the books
 * are still the same; empty where there is no such event.
 */
const PlaceText = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f-]{0,36}(\.[\w-]{0,43})?$/)
  .transform((text) => {
    const [seq = '', id = '', hash = ''] = text.split('.')
    return { seq: Number(seq), id, hash }
  })
type Place = z.output<typeof PlaceText>

const begin: Place = { seq: 0, id: '', hash: '' }

const cursorAt = ({ seq, id, hash }: Place): string =>
  Buffer.from(`${seq}.${id}.${hash}`).toString('base64url')

const placeOf = (cursor: string | undefined): Place => {
  if (cursor === undefined) return begin
  const place = PlaceText.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (place.success) return place.data
  throw new Refusal('malformed-request', { issues: [{ path: 'after', rule: 'a cursor of this list' }] })
}

const hashOf = async (db: Executor, workspaceId: string, seq: number): Promise<string> =>
  (await hashAt(db, { workspaceId, log: 'ledger' }, seq)) ?? ''

/** After a restore the books are those of an earlier day: a place in the later ones means nothing in them, wherever it lies. */
const requireSameBooks = async (db: Executor, workspaceId: string, { seq, hash }: Place): Promise<void> => {
  if (hash === '' || (await hashOf(db, workspaceId, seq)) === hash) return
  throw new Refusal('malformed-request', { issues: [{ path: 'after', rule: 'a cursor of these books' }] })
}

const ChangedRow = SummaryRow.extend({ changed_seq: Count })

const changedAfter = (query: Summaries, { seq, id }: Pick<Place, 'seq' | 'id'>) =>
  query
    .select('receipts.changed_seq')
    .where('receipts.changed_seq', '>=', seq)
    .where((where) => where.or([where('receipts.changed_seq', '>', seq), where('receipts.id', '>', id)]))
    .orderBy('receipts.changed_seq')
    .orderBy('receipts.id')

const placeBehind = async (
  db: Executor,
  workspaceId: string,
  { changed_seq: seq, id }: z.infer<typeof ChangedRow>,
): Promise<Place> => ({ seq, id, hash: await hashOf(db, workspaceId, seq) })

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
  await requireSameBooks(db, workspaceId, place)
  const rows = await changedAfter(summaries(db, workspaceId, memberId), place)
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit).map((row) => ChangedRow.parse(row))
  const last = page.at(-1)
  const next = last === undefined ? place : await placeBehind(db, workspaceId, last)
  return { receipts: page.map(summaryOf), next: cursorAt(next), more: rows.length > limit }
}
