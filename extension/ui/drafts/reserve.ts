import type { Picodollars } from '../../../shared/money.ts'
import type { Version } from './version.ts'

/** What is left for urgent drafts alone: some of the reserve may have been used. */
export const reserveLeft = ({ left, reserve }: { left: Picodollars; reserve: Picodollars }): Picodollars =>
  left < reserve ? left : reserve

/**
 * What is left, where a draft was declined only since the rest of the cap is kept for urgent ones; undefined for any other ending, and for
 * one that was marked as urgent already.
 */
export const leftInReserve = ({ request, progress }: Version): Picodollars | undefined => {
  if (progress.state !== 'failed' || request?.urgent === true) return undefined
  const { problem } = progress
  if (problem.slug !== 'cap-reached' && problem.slug !== 'cap-held') return undefined
  const { limit, settled, held, needed, reserve } = problem.facts
  return reserve > 0n && settled + held + needed <= limit ? reserveLeft(problem.facts) : undefined
}
