import { type Picodollars, sum } from '../../../shared/money.ts'
import type { ProviderName, Usage } from '../../../shared/providers.ts'
import type { AttemptOutcome, Certainty } from '../../../shared/receipts.ts'
import { inputTokens, outputTokens } from '../prices/cost.ts'

/** An attempt as far as it counts for its receipt. */
export type RolledAttempt = {
  readonly provider: ProviderName
  readonly model: string
  readonly outcome: AttemptOutcome
  readonly certainty: Certainty
  readonly settled: Picodollars
  readonly likely: Picodollars | null
  readonly usage: Usage | null
  readonly flawed: boolean
  readonly endedAt: number | null
}

/** What a receipt says about its attempts taken together. */
type RollUp = Omit<RolledAttempt, 'usage'> & {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

const certaintyOf = (attempts: readonly RolledAttempt[]): Certainty => {
  if (attempts.some(({ certainty }) => certainty === 'pending')) return 'pending'
  return attempts.some(({ certainty }) => certainty === 'estimated') ? 'estimated' : 'exact'
}

const likelyOf = (attempts: readonly RolledAttempt[]): Picodollars =>
  sum(
    attempts.map(({ certainty, settled, likely }) => (certainty === 'exact' ? settled : (likely ?? settled))),
  )

const tokensOf = (attempts: readonly RolledAttempt[], count: (usage: Usage) => number): number | null => {
  const counted = attempts.flatMap(({ usage }) => (usage === null ? [] : [count(usage)]))
  return counted.length === 0 ? null : counted.reduce((total, tokens) => total + tokens, 0)
}

/**
 * The receipt's own figures from its attempts, in their order: amounts and tokens are sums, the outcome and the model are those of the last.
 * Tokens are null where no attempt knows any; `likely` only stands beside an estimated amount.
 */
export const rollUp = (attempts: readonly [RolledAttempt, ...RolledAttempt[]]): RollUp => {
  const last = attempts.at(-1) ?? attempts[0]
  const certainty = certaintyOf(attempts)
  return {
    provider: last.provider,
    model: last.model,
    outcome: last.outcome,
    certainty,
    settled: sum(attempts.map(({ settled }) => settled)),
    likely: certainty === 'estimated' ? likelyOf(attempts) : null,
    inputTokens: tokensOf(attempts, inputTokens),
    outputTokens: tokensOf(attempts, outputTokens),
    flawed: attempts.some(({ flawed }) => flawed),
    endedAt: certainty === 'pending' ? null : last.endedAt,
  }
}
