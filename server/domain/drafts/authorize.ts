import type { Caller } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'

/** Most drafts of one workspace in any 60 minutes on its own key. */
const DRAFTS_PER_HOUR = 200
const HOUR_MS = 3_600_000

/** How many drafts a workspace has asked for since a moment, and when the first of them was. */
export type DraftsSince = (
  workspaceId: string,
  since: number,
) => Promise<{ readonly count: number; readonly oldestAt: number | undefined }>

/** Whether this member's role may draft at all. */
export const mayDraft = (caller: Caller): void => {
  if (caller.role === 'light-agent') throw new Refusal('not-allowed', {})
}

/** Whether the workspace may draft now: switched on, and below the rolling limit. */
export const mayDraftNow = async (caller: Caller, draftsSince: DraftsSince, now: number): Promise<void> => {
  if (!caller.aiOn) throw new Refusal('ai-paused', { reason: 'switched-off' })
  const { count, oldestAt } = await draftsSince(caller.workspaceId, now - HOUR_MS)
  if (count < DRAFTS_PER_HOUR) return
  const retryAfterSeconds = Math.max(1, Math.ceil(((oldestAt ?? now) + HOUR_MS - now) / 1_000))
  throw new Refusal('rate-limited', { limit: DRAFTS_PER_HOUR, retryAfterSeconds })
}
