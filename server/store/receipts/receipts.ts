import { z } from 'zod'
import type { Usage } from '../../../shared/providers.ts'
import {
  type Attempt,
  Flaw,
  RawUsage,
  type ReceiptLine,
  type ReceiptQuery,
  type ReceiptSummary,
} from '../../../shared/receipts.ts'
import type { PrunedBefore, ReceiptFilter, Receipts } from '../../domain/books/receipts.ts'
import { replyPurposes } from '../../domain/drafts/outcomes.ts'
import { costOf, isLong } from '../../domain/prices/cost.ts'
import { modelName } from '../../domain/prices/models.ts'
import { Refusal } from '../../domain/refusal.ts'
import { type AttemptRow, attemptsOf } from '../books/attempts.ts'
import { entryOf } from '../books/price-entry.ts'
import { usageOf } from '../books/receipt-rows.ts'
import type { Database, Executor } from '../database.ts'
import { receiptChanges } from './changes.ts'
import { containing, searchedWords } from './search.ts'
import { type Summaries, SummaryRow, summaries, summaryOf } from './summary.ts'

/** The formula of the settled amount; none where that is no sum of tokens, such as an upper bound. */
const linesOf = (row: AttemptRow, usage: Usage | null): ReceiptLine[] => {
  if (usage === null) return []
  const { total, lines } = costOf(entryOf(row.price), usage, { multiplier: row.multiplier })
  return total === row.settled ? [...lines] : []
}

/** An attempt with its formula. */
const attemptOf = (row: AttemptRow): Attempt => {
  const entry = entryOf(row.price)
  const usage = usageOf(row.usage)
  return {
    id: row.id,
    number: row.number,
    purpose: row.purpose,
    provider: row.provider,
    model: row.model,
    modelName: modelName(row.provider, row.model),
    keyLabel: row.key_label,
    keyVersion: row.key_version,
    baseAddress: row.base_address,
    outcome: row.outcome,
    failure: row.failure,
    certainty: row.certainty,
    held: row.held,
    settled: row.settled,
    likely: row.certainty === 'estimated' ? row.likely : null,
    usage,
    rawUsage: row.raw_usage === null ? null : RawUsage.parse(JSON.parse(row.raw_usage)),
    flaw: row.flaw === null ? null : Flaw.parse(JSON.parse(row.flaw)),
    lines: linesOf(row, usage),
    longOver:
      entry.long !== null && usage !== null && isLong(entry, usage) ? entry.long.overInputTokens : null,
    price: { id: entry.id, source: entry.source, validFrom: entry.validFrom, own: entry.own ?? null },
    multiplier: row.multiplier,
    tier: row.tier,
    region: row.region,
    providerRequestId: row.provider_request_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

const PlaceText = z.string().regex(/^\d{1,15}\.[0-9a-f-]{36}$/)

const cursorAt = ({ at, id }: ReceiptSummary): string => Buffer.from(`${at}.${id}`).toString('base64url')

const placeOf = (cursor: string): Place => {
  const text = PlaceText.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (!text.success)
    throw new Refusal('malformed-request', { issues: [{ path: 'cursor', rule: 'a cursor of this list' }] })
  const [at = '', id = ''] = text.data.split('.')
  return { at: Number(at), id }
}

const filtered = (base: Summaries, filter: ReceiptFilter): Summaries => {
  let query = base
  if (filter.channelId !== undefined) query = query.where('receipts.channel_id', '=', filter.channelId)
  if (filter.from !== undefined) query = query.where('receipts.at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('receipts.at', '<', filter.to)
  if (filter.provider !== undefined) query = query.where('receipts.provider', '=', filter.provider)
  if (filter.model !== undefined) query = query.where('receipts.model', '=', filter.model)
  if (filter.memberId !== undefined) query = query.where('receipts.member_id', '=', filter.memberId)
  if (filter.purpose !== undefined) query = query.where('receipts.purpose', '=', filter.purpose)
  if (filter.flawed !== undefined) query = query.where('receipts.flawed', '=', 1)
  if (filter.fellBack !== undefined) query = query.where('receipts.fell_back', '=', 1)
  if (filter.urgent !== undefined) query = query.where('receipts.urgent_by', 'is not', null)
  if (filter.outcome !== undefined) query = query.where('receipts.outcome', '=', filter.outcome)
  if (filter.resolutionId !== undefined)
    query = query.where('receipts.resolution_id', '=', filter.resolutionId)
  return filter.told === undefined ? query : toldAs(query, filter.told)
}

/** Of what is no reply nobody has anything to tell. */
const toldAs = (query: Summaries, told: NonNullable<ReceiptQuery['told']>): Summaries =>
  told === 'nothing'
    ? query.where('receipts.told_outcome', 'is', null).where('receipts.purpose', 'in', [...replyPurposes])
    : query.where('receipts.told_outcome', '=', told)

type Place = { readonly at: number; readonly id: string }

/** The bound on `at` alone is what both engines begin to read the index by; otherwise every page would read all before it. */
const after = (query: Summaries, place: Place | undefined): Summaries => {
  if (place === undefined) return query
  const { at, id } = place
  return query
    .where('receipts.at', '<=', at)
    .where((where) => where.or([where('receipts.at', '<', at), where('receipts.id', '<', id)]))
}

const pageAfter = async (
  found: Summaries,
  place: Place | undefined,
  limit: number,
): Promise<ReceiptSummary[]> => {
  const rows = await after(found, place)
    .orderBy('receipts.at', 'desc')
    .orderBy('receipts.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => summaryOf(SummaryRow.parse(row)))
}

/** Receipts that are read at once of all that are taken along. */
const AT_ONCE = 500

/** Lets requests through between two pages: awaits on SQLite alone never do. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const everyPage = async function* (found: Summaries): AsyncGenerator<ReceiptSummary> {
  let place: Place | undefined
  for (;;) {
    const page = await pageAfter(found, place, AT_ONCE)
    yield* page
    place = page.at(-1)
    if (place === undefined || page.length < AT_ONCE) return
    await breathe()
  }
}

const fittingIn = async (
  db: Executor,
  workspaceId: string,
  filter: ReceiptFilter,
  memberId: string | undefined,
): Promise<Summaries> => {
  const words = await searchedWords(db, workspaceId, filter.search)
  return containing(filtered(summaries(db, workspaceId, memberId), filter), words)
}

/** Receipts as people read them, from what the ledger has written. */
export const sqlReceipts = ({ db }: Database, prunedBefore: PrunedBefore): Receipts => ({
  find: async (workspaceId, id, memberId) => {
    const row = await summaries(db, workspaceId, memberId).where('receipts.id', '=', id).executeTakeFirst()
    if (row === undefined) throw new Refusal('not-found', {})
    const attempts = await attemptsOf(db, workspaceId, [id])
    return { ...summaryOf(SummaryRow.parse(row)), attempts: attempts.map(attemptOf) }
  },
  list: async (workspaceId, query, memberId) => {
    const found = await fittingIn(db, workspaceId, query, memberId)
    const place = query.cursor === undefined ? undefined : placeOf(query.cursor)
    const read = await pageAfter(found, place, query.limit + 1)
    const page = read.slice(0, query.limit)
    const last = page.at(-1)
    return { receipts: page, next: read.length > query.limit && last ? cursorAt(last) : null }
  },
  every: async function* (workspaceId, filter, memberId) {
    yield* everyPage(await fittingIn(db, workspaceId, filter, memberId))
  },
  changes: async (workspaceId, query, memberId) => ({
    ...(await receiptChanges(db, workspaceId, query, memberId)),
    whose: memberId === undefined ? 'everybody' : 'own',
    prunedBefore: await prunedBefore(workspaceId),
  }),
})
