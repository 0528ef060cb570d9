import type { WatchedBook } from '../vault/books/watching.ts'
import type { Vault } from '../vault/client.ts'
import { type Reading, useReading } from './reading.ts'

/** The vault's books, held against what this browser saw of them. */
export const useBooks = (vault: Pick<Vault, 'watchBooks'>): Reading<readonly WatchedBook[]> =>
  useReading(['books'], vault.watchBooks)
