import { openLocal } from '../local/database.ts'
import { openVault } from '../vault/client.ts'
import { problemOf } from '../vault/problem.ts'
import { regularly } from './regularly.ts'

/** `now` in ms since the epoch; `newId`: a fresh unguessable id at each call. */
export type TellingParts = { readonly now: () => number; readonly newId: () => string }

/** Tells the vault what became of drafts. A panel is gone before it could; while the vault does not answer, it waits for the next time. */
export const tellOutcomes = async (parts: TellingParts): Promise<void> => {
  const local = openLocal()
  try {
    await openVault({ local, ...parts }).tellOutcomes()
  } catch (thrown) {
    if (problemOf(thrown) === undefined) throw thrown
  } finally {
    local.close()
  }
}

/** Also when no panel is opened any more. */
export const tellRegularly = (parts: TellingParts): void =>
  regularly('tell-outcomes', () => tellOutcomes(parts))
