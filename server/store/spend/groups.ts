import { sql } from 'kysely'
import { z } from 'zod'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { ProviderName } from '../../../shared/providers.ts'
import { AttemptOutcome, Certainty, Purpose } from '../../../shared/receipts.ts'
import { playgroundScope, workspaceScope } from '../../domain/books/caps.ts'
import type { SpendGroup } from '../../domain/books/figures.ts'
import { Amount, Count, Flag } from '../columns.ts'
import type { Executor } from '../database.ts'

/** What counts: the hold lines of some periods, only of one member. `until` (ms) parts the calls that began before it from the others. */
export type Counting = {
  readonly workspaceId: string
  readonly periodIds: readonly string[]
  readonly until?: number | undefined
  readonly memberId?: string | undefined
}

/** The lines of the workspace's own scope, or the playground's: every attempt has one of either, so whatever is made of them adds up to the counter. */
export const linesOf = (
  db: Executor,
  { workspaceId, periodIds, memberId }: Counting,
  { scope } = workspaceScope,
) =>
  db
    .selectFrom('hold_lines')
    .innerJoin('attempts', (join) =>
      join
        .onRef('attempts.workspace_id', '=', 'hold_lines.workspace_id')
        .onRef('attempts.id', '=', 'hold_lines.attempt_id'),
    )
    .innerJoin('receipts', (join) =>
      join
        .onRef('receipts.workspace_id', '=', 'attempts.workspace_id')
        .onRef('receipts.id', '=', 'attempts.receipt_id'),
    )
    .where('hold_lines.workspace_id', '=', workspaceId)
    .where('hold_lines.period_id', 'in', periodIds)
    .where('hold_lines.scope', '=', scope)
    .$if(memberId !== undefined, (query) => query.where('receipts.member_id', '=', memberId ?? ''))

const GroupRow = z
  .object({
    day: z.iso.date(),
    provider: ProviderName,
    model: z.string(),
    member_id: z.string(),
    channel_id: z.string().nullable(),
    purpose: Purpose,
    outcome: AttemptOutcome,
    certainty: Certainty,
    settled: Amount,
    receipts: Count,
    in_time: Flag,
  })
  .transform(({ member_id: memberId, channel_id: channelId, in_time: inTime, ...row }): SpendGroup => {
    return { ...row, memberId, channelId, inTime }
  })

const alike = [
  'receipts.day',
  'attempts.provider',
  'attempts.model',
  'receipts.member_id',
  'receipts.channel_id',
  'receipts.purpose',
  'receipts.outcome',
  'receipts.certainty',
] as const

/** What counts, grouped by all that anybody asks about: read once, everything else is made of it. */
export const spendGroups = async (db: Executor, counting: Counting): Promise<readonly SpendGroup[]> => {
  const { periodIds, until = Number.MAX_SAFE_INTEGER } = counting
  if (periodIds.length === 0) return []
  const rows = await linesOf(db, counting)
    .select(({ fn, eb }) => [
      ...alike,
      fn.sum('hold_lines.settled').as('settled'),
      fn.sum(eb.case().when('attempts.number', '=', 1).then(1).else(0).end()).as('receipts'),
      eb.case().when('attempts.started_at', '<', until).then(1).else(0).end().as('in_time'),
    ])
    .groupBy([...alike, sql.ref('in_time')])
    .execute()
  return rows.map((row) => GroupRow.parse(row))
}

const Total = z.object({ settled: Amount.nullable() })

/** What was tried out in some periods: it is told beside what counts, and is no part of it. */
export const triedOut = async (db: Executor, counting: Counting): Promise<Picodollars> => {
  if (counting.periodIds.length === 0) return zero
  const row = await linesOf(db, counting, playgroundScope)
    .select(({ fn }) => fn.sum('hold_lines.settled').as('settled'))
    .executeTakeFirstOrThrow()
  return Total.parse(row).settled ?? zero
}
