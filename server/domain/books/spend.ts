import type { ForeignUse, Spend, SpendNotice } from '../../../shared/spend.ts'

/** Whose spend of which month; without `month` the present one, with `memberId` only that member's. */
export type SpendAsked = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly month?: string | undefined
  readonly memberId?: string | undefined
}

/** A month's spend, of everybody or of one member. The cap inside is always the workspace's, of the present period. */
export type ReadSpend = (asked: SpendAsked) => Promise<Spend>

/** What departs from its own history today and yesterday, the newest first. */
export type ReadNotices = (workspaceId: string, timeZone: string) => Promise<SpendNotice[]>

/** Uses of our keys outside Ownkey: on days of a month (such as `2026-11`), or found since a moment (ms); the newest first. */
export type ReadForeignUse = (
  workspaceId: string,
  of: { readonly month: string } | { readonly foundSince: number },
) => Promise<ForeignUse[]>

/** How long a use outside Ownkey is pointed out in the popup after it was found, ms. */
export const FOREIGN_USE_SHOWN_MS = 7 * 86_400_000
