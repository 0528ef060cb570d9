import { sql } from 'kysely'
import { z } from 'zod'
import { replyPurposes } from '../../domain/drafts/outcomes.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type Counting, linesOf } from './groups.ts'

/** How many resolutions had a reply inserted, and of how many answered ones nobody told what became of them. */
export type ToldResolutions = { readonly inserted: number; readonly untold: number }

const Row = z.object({ inserted: Count.nullable(), untold: Count.nullable() })

const told = sql<number>`case when receipts.told_outcome is null then 0 else 1 end`
const inserted = sql<number>`case when receipts.told_outcome = 'inserted' then 1 else 0 end`
const answered = sql<number>`case when receipts.outcome in ('answered', 'limit') then 1 else 0 end`

/** Counts resolutions of some periods by what was told of their replies. Each is told by the strongest of them. */
export const toldResolutions = async (db: Executor, counting: Counting): Promise<ToldResolutions> => {
  if (counting.periodIds.length === 0) return { inserted: 0, untold: 0 }
  const resolutions = linesOf(db, counting)
    .where('attempts.number', '=', 1)
    .where('receipts.purpose', 'in', [...replyPurposes])
    .groupBy('receipts.resolution_id')
    .select(({ fn }) => [
      fn.max(inserted).as('inserted'),
      fn.max(told).as('told'),
      fn.max(answered).as('answered'),
    ])
  const row = await db
    .selectFrom(resolutions.as('one'))
    .select(({ fn }) => [
      fn.sum('one.inserted').as('inserted'),
      fn.sum(sql<number>`case when one.told = 0 and one.answered = 1 then 1 else 0 end`).as('untold'),
    ])
    .executeTakeFirstOrThrow()
  const sums = Row.parse(row)
  return { inserted: sums.inserted ?? 0, untold: sums.untold ?? 0 }
}
