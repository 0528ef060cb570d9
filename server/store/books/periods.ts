import { z } from 'zod'
import { type Period, PeriodKind } from '../../../shared/cap.ts'
import { dayIn, monthAfter } from '../../domain/books/periods.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'

/** A period that has been written down; its zone and instants no longer change. */
export type StoredPeriod = Period & { readonly id: string }

const Row = z
  .object({
    id: z.string(),
    kind: PeriodKind,
    time_zone: z.string(),
    starts_at: Count,
    ends_at: Count,
  })
  .transform(
    (row): StoredPeriod => ({
      id: row.id,
      kind: row.kind,
      timeZone: row.time_zone,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
    }),
  )

/**
 * The stored period of a kind around a moment, if anything was held in it. Periods do not overlap, so it is the last one that has begun: read
 * from there, the days of earlier years cost nothing.
 */
const findPeriod = async (
  db: Executor,
  workspaceId: string,
  kind: PeriodKind,
  at: number,
): Promise<StoredPeriod | undefined> => {
  const row = await db
    .selectFrom('periods')
    .select(['id', 'kind', 'time_zone', 'starts_at', 'ends_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('starts_at', '<=', at)
    .where('ends_at', '>', at)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && Row.parse(row)
}

/** All months of a workspace in which something was held, in their order. */
export const allPeriods = async (db: Executor, workspaceId: string): Promise<readonly StoredPeriod[]> => {
  const rows = await db
    .selectFrom('periods')
    .select(['id', 'kind', 'time_zone', 'starts_at', 'ends_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'month')
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => Row.parse(row))
}

const lastEnd = async (db: Executor, workspaceId: string, at: number): Promise<number | undefined> => {
  const row = await db
    .selectFrom('periods')
    .select('ends_at')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'month')
    .where('ends_at', '<=', at)
    .orderBy('ends_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && Count.parse(row.ends_at)
}

/** A period as it is, or without an id as it will be written when the first hold comes. */
export type MaybeStored = Period & { readonly id?: string }

/** The month around a moment. */
export const monthAt = async (
  db: Executor,
  workspaceId: string,
  timeZone: string,
  at: number,
): Promise<MaybeStored> =>
  (await findPeriod(db, workspaceId, 'month', at)) ??
  monthAfter(at, timeZone, await lastEnd(db, workspaceId, at))

/** The day around a moment of this month. */
export const dayAt = async (
  db: Executor,
  workspaceId: string,
  month: Period,
  at: number,
): Promise<MaybeStored> => (await findPeriod(db, workspaceId, 'day', at)) ?? dayIn(month, at)

type Opening = { readonly workspaceId: string; readonly at: number; readonly id: string }

const writePeriod = async (
  tx: Executor,
  { workspaceId, at, id }: Opening,
  { kind, timeZone, startsAt, endsAt }: Period,
): Promise<StoredPeriod> => {
  await tx
    .insertInto('periods')
    .values({
      workspace_id: workspaceId,
      id,
      kind,
      time_zone: timeZone,
      starts_at: startsAt,
      ends_at: endsAt,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'starts_at']).doNothing())
    .execute()
  const opened = await findPeriod(tx, workspaceId, kind, at)
  if (opened === undefined) throw new Error('the period around now could not be written')
  return opened
}

/** The month around a moment, written down if it is not yet. `id` is used for a new one. */
export const openMonth = async (
  tx: Executor,
  opening: Opening & { readonly timeZone: string },
): Promise<StoredPeriod> => {
  const { workspaceId, timeZone, at } = opening
  const known = await findPeriod(tx, workspaceId, 'month', at)
  if (known !== undefined) return known
  return writePeriod(tx, opening, monthAfter(at, timeZone, await lastEnd(tx, workspaceId, at)))
}

/** The day around a moment of an open month, written down if it is not yet. `id` is used for a new one. */
export const openDay = async (tx: Executor, opening: Opening, month: StoredPeriod): Promise<StoredPeriod> =>
  (await findPeriod(tx, opening.workspaceId, 'day', opening.at)) ??
  writePeriod(tx, opening, dayIn(month, opening.at))
