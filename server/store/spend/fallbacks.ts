import { z } from 'zod'
import type { FallbackDay } from '../../../shared/spend.ts'
import { replyPurposes } from '../../domain/drafts/outcomes.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type Counting, linesOf } from './groups.ts'

const DayRow = z
  .object({ day: z.iso.date(), replies: Count, fell_back: Count })
  .transform(({ fell_back: fellBack, ...row }): FallbackDay => ({ ...row, fellBack }))

/** Replies of some periods by day, oldest first, with those for which one call was not enough. Each counts where its first call does. */
export const fallbackDays = async (db: Executor, counting: Counting): Promise<readonly FallbackDay[]> => {
  if (counting.periodIds.length === 0) return []
  const rows = await linesOf(db, counting)
    .where('attempts.number', '=', 1)
    .where('receipts.purpose', 'in', [...replyPurposes])
    .select(({ fn }) => [
      'receipts.day',
      fn.countAll().as('replies'),
      fn.sum('receipts.fell_back').as('fell_back'),
    ])
    .groupBy('receipts.day')
    .orderBy('receipts.day')
    .execute()
  return rows.map((row) => DayRow.parse(row))
}
