import type { CapRefusal } from '../books/caps.ts'
import type { RollingLimit } from '../books/ledger.ts'
import { leastOutputTokens, outputLimitWithin } from '../prices/bound.ts'
import { Refusal } from '../refusal.ts'
import { type AttemptParts, type Plan, tryHold, withOutputLimit } from './attempts.ts'

/** The plan with the longest answer that fits into what is left under the cap that declined it, but never shorter than an answer that is worth having. */
const shortened = (plan: Plan, { facts }: CapRefusal): Plan => {
  const { entry, profile } = plan.model
  const fitting = outputLimitWithin(entry, profile, plan.inputTokens, facts.left)
  return withOutputLimit(plan, Math.min(plan.outputLimit, Math.max(fitting, leastOutputTokens(profile))))
}

/**
 * Reserves a plan, or where less is left under a cap than it could cost, the same plan with a shorter answer; tells which it was. Where other
 * drafts hold what is left, nothing is cut short: the refusal passes by itself. Refuses when not even the shortest answer fits, and tells what
 * that would need. Ends since each round is shorter than the one before.
 */
export const reserve = async (parts: AttemptParts, plan: Plan, limit: RollingLimit): Promise<Plan> => {
  const declined = await tryHold(parts, plan, limit)
  if (declined === undefined) return plan
  const next = declined.slug === 'cap-held' ? plan : shortened(plan, declined)
  if (next.outputLimit < plan.outputLimit) return reserve(parts, next, limit)
  throw new Refusal(declined.slug, declined.facts)
}
