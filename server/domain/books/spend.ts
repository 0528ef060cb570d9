import type { Spend, SpendNotice } from '../../../shared/spend.ts'

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
