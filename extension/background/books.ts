import { openLocal } from '../local/database.ts'
import { openVault } from '../vault/client.ts'
import { problemOf } from '../vault/problem.ts'
import type { TellingParts } from './outcomes.ts'
import { regularly } from './regularly.ts'

const watchBooks = async (parts: TellingParts): Promise<void> => {
  const local = openLocal()
  try {
    await openVault({ local, ...parts }).watchBooks()
  } catch (thrown) {
    if (problemOf(thrown) === undefined) throw thrown
  } finally {
    local.close()
  }
}

/** Keeps the newest heads of the vault's books in this browser, so that it can say later what is missing, also when nobody opens a page. */
export const watchBooksRegularly = (parts: TellingParts): void =>
  regularly('watch-books', () => watchBooks(parts))
