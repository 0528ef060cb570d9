import type { BegunDrafts, Ledger, RollingLimit } from '../books/ledger.ts'
import { type Caller, isDrafter } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'

const HOUR_MS = 3_600_000

/** Refuses a member whose role may not draft at all. */
export const authorizeMember = (caller: Caller): void => {
  if (!isDrafter(caller)) throw new Refusal('not-allowed', {})
}

/** What the operator allows a workspace on its own key: at most `most` drafts in any 60 minutes, looked at from `now` (ms). */
export const rollingLimit = (most: number, now: number): RollingLimit => ({ most, since: now - HOUR_MS })

/** The refusal of a draft that came too soon, with the seconds until the oldest one counts no longer. */
export const tooMany = ({ oldestAt }: BegunDrafts, { most, since }: RollingLimit): Refusal => {
  const retryAfterSeconds = Math.max(1, Math.ceil(((oldestAt ?? since + HOUR_MS) - since) / 1_000))
  return new Refusal('rate-limited', { limit: most, retryAfterSeconds })
}

/**
 * Refuses while the workspace ends, is switched off or has used up the rolling limit, where one is given. Those who ask at the same moment are
 * counted by the hold.
 */
export const authorizeNow = async (
  caller: Caller,
  draftsSince: Ledger['draftsSince'],
  limit: RollingLimit | undefined,
): Promise<void> => {
  if (caller.ending) throw new Refusal('ai-paused', { reason: 'workspace-ending' })
  if (!caller.aiOn) throw new Refusal('ai-paused', { reason: 'switched-off' })
  if (limit === undefined) return
  const begun = await draftsSince(caller.workspaceId, limit.since)
  if (begun.count >= limit.most) throw tooMany(begun, limit)
}
