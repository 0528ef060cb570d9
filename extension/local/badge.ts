import { z } from 'zod'
import type { Local } from './database.ts'
import { isDismissed } from './dismissed.ts'

/** What the toolbar's badge last told, so that it can be drawn before the vault answers. `at`: ms since epoch. */
export const Badge = z.object({
  state: z.enum(['unpaired', 'on', 'paused', 'no-answer']),
  /** Whole percent of the cap that is used or held; null when the member sees no amounts. */
  usedPercent: z.int().nullable(),
  /** The event that the cap is nearly used up in this month; null when the member sees no amounts. */
  nearCap: z.string().nullable().default(null),
  /** The alert that stands, and the share of a cap that it is about; null where there is none. */
  alert: z.object({ id: z.string(), percent: z.int().nullable() }).nullable().default(null),
  at: z.int(),
})
export type Badge = z.infer<typeof Badge>

const ONLY = 'only'

export const keepBadge = async (local: Local, badge: Badge): Promise<void> => {
  await local.badge.put({ id: ONLY, ...badge })
}

const isPutAway = async (local: Local, event: string | null | undefined): Promise<boolean> =>
  typeof event === 'string' && (await isDismissed(local, event))

/** Without what this browser's person has put away. */
export const readBadge = async (local: Local): Promise<Badge | undefined> => {
  const badge = Badge.safeParse(await local.badge.get(ONLY)).data
  if (badge === undefined) return undefined
  return {
    ...badge,
    alert: (await isPutAway(local, badge.alert?.id)) ? null : badge.alert,
    usedPercent: (await isPutAway(local, badge.nearCap)) ? null : badge.usedPercent,
  }
}
