import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import {
  type Attempt,
  AttemptOutcome,
  Certainty,
  Purpose,
  type ReceiptQuery,
  type ReceiptSummary,
} from '../../../shared/receipts.ts'
import type { Receipts } from '../../domain/books/receipts.ts'
import { costOf } from '../../domain/prices/cost.ts'
import { modelName } from '../../domain/prices/models.ts'
import { Refusal } from '../../domain/refusal.ts'
import { Amount, Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { type AttemptRow, attemptsOf } from './attempts.ts'
import { entryOf } from './price-entry.ts'
import { usageOf } from './receipt-rows.ts'

const Row = z.object({
  id: z.string(),
  resolution_id: z.string(),
  purpose: Purpose,
  member_id: z.string(),
  member_name: z.string(),
  channel_id: z.string().nullable(),
  channel_name: z.string().nullable(),
  site: z.string().nullable(),
  provider: ProviderName,
  model: z.string(),
  outcome: AttemptOutcome,
  certainty: Certainty,
  settled: Amount,
  likely: Amount.nullable(),
  input_tokens: Count.nullable(),
  output_tokens: Count.nullable(),
  at: Count,
})

const summaryOf = (row: z.infer<typeof Row>): ReceiptSummary => ({
  id: row.id,
  resolutionId: row.resolution_id,
  purpose: row.purpose,
  memberId: row.member_id,
  memberName: row.member_name,
  channelId: row.channel_id,
  channelName: row.channel_name,
  site: row.site,
  provider: row.provider,
  model: row.model,
  modelName: modelName(row.provider, row.model),
  outcome: row.outcome,
  certainty: row.certainty,
  settled: row.settled,
  likely: row.likely,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  at: row.at,
})

/** An attempt with its formula; the lines explain an exact amount, so an estimated one has none. */
const attemptOf = (row: AttemptRow): Attempt => {
  const entry = entryOf(row.price)
  const usage = usageOf(row.usage)
  const isExact = row.certainty === 'exact' && usage !== null
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
    lines: isExact ? [...costOf(entry, usage, { multiplier: row.multiplier }).lines] : [],
    price: { id: entry.id, source: entry.source, validFrom: entry.validFrom },
    multiplier: row.multiplier,
    tier: row.tier,
    region: row.region,
    providerRequestId: row.provider_request_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

const receipts = (db: Executor, workspaceId: string, memberId: string | undefined) =>
  db
    .selectFrom('receipts')
    .innerJoin('members', (join) =>
      join
        .onRef('members.workspace_id', '=', 'receipts.workspace_id')
        .onRef('members.id', '=', 'receipts.member_id'),
    )
    .leftJoin('channels', (join) =>
      join
        .onRef('channels.workspace_id', '=', 'receipts.workspace_id')
        .onRef('channels.id', '=', 'receipts.channel_id'),
    )
    .select([
      'receipts.id',
      'receipts.resolution_id',
      'receipts.purpose',
      'receipts.member_id',
      'members.name as member_name',
      'receipts.channel_id',
      'channels.name as channel_name',
      'receipts.site',
      'receipts.provider',
      'receipts.model',
      'receipts.outcome',
      'receipts.certainty',
      'receipts.settled',
      'receipts.likely',
      'receipts.input_tokens',
      'receipts.output_tokens',
      'receipts.at',
    ])
    .where('receipts.workspace_id', '=', workspaceId)
    .$if(memberId !== undefined, (query) => query.where('receipts.member_id', '=', memberId ?? ''))

const PlaceText = z.string().regex(/^\d{1,15}\.[0-9a-f-]{36}$/)

const cursorAt = ({ at, id }: ReceiptSummary): string => Buffer.from(`${at}.${id}`).toString('base64url')

const placeOf = (cursor: string): { at: number; id: string } => {
  const text = PlaceText.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (!text.success)
    throw new Refusal('malformed-request', { issues: [{ path: 'cursor', rule: 'a cursor of this list' }] })
  const [at = '', id = ''] = text.data.split('.')
  return { at: Number(at), id }
}

type Query = ReturnType<typeof receipts>

const filtered = (base: Query, filter: ReceiptQuery): Query => {
  let query = base
  if (filter.from !== undefined) query = query.where('receipts.at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('receipts.at', '<', filter.to)
  if (filter.provider !== undefined) query = query.where('receipts.provider', '=', filter.provider)
  if (filter.model !== undefined) query = query.where('receipts.model', '=', filter.model)
  if (filter.memberId !== undefined) query = query.where('receipts.member_id', '=', filter.memberId)
  if (filter.purpose !== undefined) query = query.where('receipts.purpose', '=', filter.purpose)
  if (filter.outcome !== undefined) query = query.where('receipts.outcome', '=', filter.outcome)
  return query
}

const after = (query: Query, cursor: string | undefined): Query => {
  if (cursor === undefined) return query
  const { at, id } = placeOf(cursor)
  return query.where((where) =>
    where.or([
      where('receipts.at', '<', at),
      where.and([where('receipts.at', '=', at), where('receipts.id', '<', id)]),
    ]),
  )
}

/** Receipts as people read them, from what the ledger has written. */
export const sqlReceipts = ({ db }: Database): Receipts => ({
  find: async (workspaceId, id, memberId) => {
    const row = await receipts(db, workspaceId, memberId).where('receipts.id', '=', id).executeTakeFirst()
    if (row === undefined) throw new Refusal('not-found', {})
    const attempts = await attemptsOf(db, workspaceId, [id])
    return { ...summaryOf(Row.parse(row)), attempts: attempts.map(attemptOf) }
  },
  list: async (workspaceId, query, memberId) => {
    const rows = await after(filtered(receipts(db, workspaceId, memberId), query), query.cursor)
      .orderBy('receipts.at', 'desc')
      .orderBy('receipts.id', 'desc')
      .limit(query.limit + 1)
      .execute()
    const found = rows.slice(0, query.limit).map((row) => summaryOf(Row.parse(row)))
    const last = found.at(-1)
    return { receipts: found, next: rows.length > query.limit && last ? cursorAt(last) : null }
  },
})
