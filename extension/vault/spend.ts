import { Spend, SpendNotices } from '../../shared/spend.ts'
import { type Answers, queryOf } from './answers.ts'

/** What was spent. */
export const spendCalls = ({ answer }: Answers) => ({
  /** Of the present month, or of a past one such as `2026-10`. */
  spend: (month?: string): Promise<Spend> =>
    answer(Spend, { method: 'GET', path: '/v1/spend', query: queryOf({ month }) }),

  /** Today's and yesterday's; `not-found` for who sees only their own receipts. */
  spendNotices: (): Promise<SpendNotices> =>
    answer(SpendNotices, { method: 'GET', path: '/v1/spend/notices' }),
})
