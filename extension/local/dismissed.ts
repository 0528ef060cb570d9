import { z } from 'zod'
import type { Local } from './database.ts'

/** Something that a person has put away: an alert by its id, or another name of the same event. `at`: ms since epoch. */
const Dismissed = z.object({ id: z.string(), at: z.int() })

/** No alert is told for longer than a month's cap counts; after this long nobody asks any more. */
const KEPT_MS = 62 * 86_400_000

/** Whether this browser's person has put it away. */
export const isDismissed = async (local: Local, id: string): Promise<boolean> =>
  Dismissed.safeParse(await local.dismissed.get(id)).success

/** Puts all of them away at once, and forgets what was put away long ago. `at`: ms since epoch. */
export const dismiss = (local: Local, ids: readonly string[], at: number): Promise<void> =>
  local.together(async () => {
    await local.dismissed
      .filter((kept) => {
        const { data } = Dismissed.safeParse(kept)
        return data === undefined || data.at < at - KEPT_MS
      })
      .delete()
    for (const id of ids) await local.dismissed.put({ id, at })
  })
