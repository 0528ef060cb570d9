import { openLocal } from '../local/database.ts'
import { dropOldDrafts } from '../local/drafts.ts'
import { regularly } from './regularly.ts'

/** Deletes drafts and threads that are past their time, also when no panel is opened any more. `now` in ms since the epoch. */
export const forgetRegularly = (now: () => number): void =>
  regularly('forget-old-drafts', () => forgetOld(now()))

const forgetOld = async (now: number): Promise<void> => {
  const local = openLocal()
  try {
    await dropOldDrafts(local, now)
  } finally {
    local.close()
  }
}
