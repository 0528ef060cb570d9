import { z } from 'zod'
import type { Local } from './database.ts'

/** What the toolbar's badge last told, so that it can be drawn before the vault answers. `at`: ms since epoch. */
export const Badge = z.object({
  state: z.enum(['unpaired', 'on', 'paused', 'no-answer']),
  /** Whole percent of the cap that is used or held; null when the member sees no amounts. */
  usedPercent: z.int().nullable(),
  at: z.int(),
})
export type Badge = z.infer<typeof Badge>

const ONLY = 'only'

export const keepBadge = async (local: Local, badge: Badge): Promise<void> => {
  await local.badge.put({ id: ONLY, ...badge })
}

export const readBadge = async (local: Local): Promise<Badge | undefined> =>
  Badge.safeParse(await local.badge.get(ONLY)).data
