import { z } from 'zod'
import type { Period } from '../../../shared/cap.ts'
import { monthAfter } from '../../domain/books/periods.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'

/** A period that has been written down; its zone and instants no longer change. */
export type StoredPeriod = Period & { readonly id: string }

const Row = z
  .object({
    id: z.string(),
    kind: z.literal('month'),
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

/** The stored period around a moment, if anything was held in it. */
export const findPeriod = async (
  db: Executor,
  workspaceId: string,
  at: number,
): Promise<StoredPeriod | undefined> => {
  const row = await db
    .selectFrom('periods')
    .select(['id', 'kind', 'time_zone', 'starts_at', 'ends_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'month')
    .where('starts_at', '<=', at)
    .where('ends_at', '>', at)
    .executeTakeFirst()
  return row && Row.parse(row)
}

/** All periods of a workspace in which something was held, in their order. */
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

/** The period around a moment as it is, or as it will be written when the first hold comes. */
export const periodAt = async (
  db: Executor,
  workspaceId: string,
  timeZone: string,
  at: number,
): Promise<Period & { readonly id?: string }> =>
  (await findPeriod(db, workspaceId, at)) ?? monthAfter(at, timeZone, await lastEnd(db, workspaceId, at))

/** The period around a moment, written down if it is not yet. `id` is used for a new one. */
export const openPeriod = async (
  tx: Executor,
  place: {
    readonly workspaceId: string
    readonly timeZone: string
    readonly at: number
    readonly id: string
  },
): Promise<StoredPeriod> => {
  const { workspaceId, timeZone, at, id } = place
  const known = await findPeriod(tx, workspaceId, at)
  if (known !== undefined) return known
  const { kind, startsAt, endsAt } = monthAfter(at, timeZone, await lastEnd(tx, workspaceId, at))
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
  const opened = await findPeriod(tx, workspaceId, at)
  if (opened === undefined) throw new Error('the period around now could not be written')
  return opened
}
