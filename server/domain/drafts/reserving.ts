import { type CapRefusal, leftFor, mayUseReserve, usableOf } from '../books/caps.ts'
import type { RollingLimit } from '../books/ledger.ts'
import { leastOutputTokens, outputLimitWithin, upperBound } from '../prices/bound.ts'
import { Refusal } from '../refusal.ts'
import { type AttemptParts, type Plan, tryHold, withInputTokens, withOutputLimit } from './attempts.ts'

/** The plan with the longest answer that fits into what it may use of the cap that declined it, but never shorter than an answer that is worth having. */
const shortened = (plan: Plan, { facts }: CapRefusal): Plan => {
  const { entry, profile } = plan.model
  const usable = leftFor(facts, mayUseReserve(plan.order))
  const fitting = outputLimitWithin(entry, profile, plan.inputTokens, usable)
  return withOutputLimit(plan, Math.min(plan.outputLimit, Math.max(fitting, leastOutputTokens(profile))))
}

/** Whether the cap that declined the plan could ever pay for its shortest answer, however little there were to read. */
const couldFit = ({ order, model, outputLimit }: Plan, { facts }: CapRefusal): boolean => {
  const { entry, profile } = model
  const least = upperBound(entry, profile, 0, Math.min(outputLimit, leastOutputTokens(profile)))
  return facts.settled + least <= usableOf(facts, mayUseReserve(order))
}

/** Counts what a planned call would make the provider read, in tokens; undefined where nobody can tell. */
type CountInput = (plan: Plan) => Promise<number | undefined>

/** The plan bound by a count, where that is less than the bytes. The customer's words are not sent for it when it could not help. */
const refined = async (plan: Plan, declined: CapRefusal, count: CountInput): Promise<Plan> => {
  const counted = couldFit(plan, declined) ? await count(plan) : undefined
  return counted === undefined || counted >= plan.inputTokens ? plan : withInputTokens(plan, counted)
}

/** What becomes of a declined plan: the same with a shorter answer, or the refusal. Ends since each round is shorter than the one before. */
const shorterOrRefused = async (
  parts: AttemptParts,
  plan: Plan,
  limit: RollingLimit | undefined,
  declined: CapRefusal,
): Promise<Plan> => {
  const next = declined.slug === 'cap-held' ? plan : shortened(plan, declined)
  if (next.outputLimit < plan.outputLimit) return reserveBound(parts, next, limit)
  throw new Refusal(declined.slug, declined.facts)
}

const reserveBound = async (
  parts: AttemptParts,
  plan: Plan,
  limit: RollingLimit | undefined,
): Promise<Plan> => {
  const declined = await tryHold(parts, plan, limit)
  return declined === undefined ? plan : shorterOrRefused(parts, plan, limit, declined)
}

/**
 * Reserves a plan by the bytes of its input; where that does not fit, by a count of them; and where less is left under a cap than even that
 * could cost, the same plan with a shorter answer. Tells which it was. Where other drafts hold what is left, nothing is cut short: the refusal
 * passes by itself. Refuses when not even the shortest answer fits, and tells what that would need.
 */
export const reserve = async (
  parts: AttemptParts,
  plan: Plan,
  limit: RollingLimit | undefined,
  count: CountInput,
): Promise<Plan> => {
  const declined = await tryHold(parts, plan, limit)
  if (declined === undefined) return plan
  const counted = await refined(plan, declined, count)
  return counted === plan
    ? shorterOrRefused(parts, plan, limit, declined)
    : reserveBound(parts, counted, limit)
}
