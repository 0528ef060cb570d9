import type { BegunDrafts, Ledger, RollingLimit } from '../books/ledger.ts'
import { type Caller, isDrafter } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'

/** Most drafts of one workspace in any 60 minutes on its own key. */
const DRAFTS_PER_HOUR = 200
const HOUR_MS = 3_600_000

/** Refuses a member whose role may not draft at all. */
export const authorizeMember = (caller: Caller): void => {
  if (!isDrafter(caller)) throw new Refusal('not-allowed', {})
}

/** The rolling limit of a workspace on its own key, at `now` (ms). */
export const rollingLimit = (now: number): RollingLimit => ({ most: DRAFTS_PER_HOUR, since: now - HOUR_MS })

/** The refusal of a draft that came too soon, with the seconds until the oldest one counts no longer. */
export const tooMany = ({ oldestAt }: BegunDrafts, now: number): Refusal => {
  const retryAfterSeconds = Math.max(1, Math.ceil(((oldestAt ?? now) + HOUR_MS - now) / 1_000))
  return new Refusal('rate-limited', { limit: DRAFTS_PER_HOUR, retryAfterSeconds })
}

/** Refuses while the workspace ends, is switched off or has used up the rolling limit. Those who ask at the same moment are counted by the hold. */
export const authorizeNow = async (
  caller: Caller,
  draftsSince: Ledger['draftsSince'],
  now: number,
): Promise<void> => {
  if (caller.ending) throw new Refusal('ai-paused', { reason: 'workspace-ending' })
  if (!caller.aiOn) throw new Refusal('ai-paused', { reason: 'switched-off' })
  const { most, since } = rollingLimit(now)
  const begun = await draftsSince(caller.workspaceId, since)
  if (begun.count >= most) throw tooMany(begun, now)
}
