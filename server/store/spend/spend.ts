import { z } from 'zod'
import { sum } from '../../../shared/money.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { SpendDay } from '../../../shared/spend.ts'
import { overshootOf, workspaceScope } from '../../domain/books/caps.ts'
import type { ReadSpend } from '../../domain/books/spend.ts'
import { modelName } from '../../domain/prices/models.ts'
import { readCap } from '../books/caps.ts'
import { findPeriod, type StoredPeriod } from '../books/periods.ts'
import { Amount, Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

type Whose = { readonly workspaceId: string; readonly memberId: string | undefined }

/** What counts in a period is what its hold lines say: so days and models add up to the counter. */
const linesIn = (db: Executor, { workspaceId, memberId }: Whose, period: StoredPeriod) =>
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
    .where('hold_lines.period_id', '=', period.id)
    .where('hold_lines.scope', '=', workspaceScope.scope)
    .$if(memberId !== undefined, (query) => query.where('receipts.member_id', '=', memberId ?? ''))

const DayRow = z
  .object({ day: z.iso.date(), provider: ProviderName, model: z.string(), settled: Amount, receipts: Count })
  .transform((row): SpendDay => ({ ...row, modelName: modelName(row.provider, row.model) }))

const daysIn = async (db: Executor, whose: Whose, period: StoredPeriod): Promise<readonly SpendDay[]> => {
  const rows = await linesIn(db, whose, period)
    .select(({ fn }) => [
      'receipts.day',
      'attempts.provider',
      'attempts.model',
      fn.sum('hold_lines.settled').as('settled'),
      fn.count('receipts.id').distinct().as('receipts'),
    ])
    .groupBy(['receipts.day', 'attempts.provider', 'attempts.model'])
    .orderBy('receipts.day')
    .orderBy('attempts.provider')
    .orderBy('attempts.model')
    .execute()
  return rows.map((row) => DayRow.parse(row))
}

const KindRow = z.object({
  purpose: z.string(),
  outcome: z.string(),
  certainty: z.string(),
  settled: Amount,
  receipts: Count,
})
type Kind = z.infer<typeof KindRow>

const kindsIn = async (db: Executor, whose: Whose, period: StoredPeriod): Promise<readonly Kind[]> => {
  const rows = await linesIn(db, whose, period)
    .select(({ fn }) => [
      'receipts.purpose',
      'receipts.outcome',
      'receipts.certainty',
      fn.sum('hold_lines.settled').as('settled'),
      fn.count('receipts.id').distinct().as('receipts'),
    ])
    .groupBy(['receipts.purpose', 'receipts.outcome', 'receipts.certainty'])
    .execute()
  return rows.map((row) => KindRow.parse(row))
}

const isReply = ({ purpose }: Kind): boolean => purpose === 'draft' || purpose === 'refine'
/** A reply as long as the output limit allowed was answered too. */
const isAnswered = ({ outcome }: Kind): boolean => outcome === 'answered' || outcome === 'limit'

const countOf = (kinds: readonly Kind[]): number => kinds.reduce((count, { receipts }) => count + receipts, 0)

const monthOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).format(at)

/** Spend of the present period, computed from the ledger's lines at each request. */
export const sqlSpend =
  ({ db }: Database, { now }: { readonly now: () => number }): ReadSpend =>
  async (workspaceId, timeZone, memberId) => {
    const at = now()
    const cap = await readCap(db, { workspaceId, timeZone, scope: workspaceScope, at })
    const period = await findPeriod(db, workspaceId, at)
    const whose = { workspaceId, memberId }
    const days = period === undefined ? [] : await daysIn(db, whose, period)
    const kinds = period === undefined ? [] : await kindsIn(db, whose, period)
    const replies = kinds.filter(isReply)
    return {
      cap,
      month: monthOf(at, timeZone),
      whose: memberId === undefined ? 'everybody' : 'own',
      settled: sum(days.map(({ settled }) => settled)),
      days: [...days],
      members: [],
      channels: [],
      before: null,
      drivers: [],
      notices: [],
      replies: countOf(replies.filter(isAnswered)),
      replyCost: sum(replies.map(({ settled }) => settled)),
      overshoot: overshootOf(cap),
      estimated: countOf(kinds.filter(({ certainty }) => certainty === 'estimated')),
    }
  }
