import { openLocal } from '../local/database.ts'
import { tellBadge } from '../ui/alerts/badge.ts'
import { openVault } from '../vault/client.ts'
import { problemOf } from '../vault/problem.ts'
import { drawBadge } from './badge.ts'
import type { TellingParts } from './outcomes.ts'
import { regularly } from './regularly.ts'

const watchStatus = async (parts: TellingParts): Promise<void> => {
  const local = openLocal()
  try {
    await tellBadge(local, parts.now, drawBadge)(await openVault({ local, ...parts }).status())
  } catch (thrown) {
    if (problemOf(thrown) === undefined) throw thrown
  } finally {
    local.close()
  }
}

/** Asks how things are, so that the toolbar's badge tells of an alert also when nobody opens anything. */
export const watchStatusRegularly = (parts: TellingParts): void =>
  regularly('watch-status', () => watchStatus(parts))
