import Dexie from 'dexie'
import { VaultProblem } from './problem.ts'

/** Work that this browser must be able to store: a database that fails is a problem that a person can read. */
export const stored = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (thrown) {
    throw thrown instanceof Dexie.DexieError ? new VaultProblem('storage-unavailable') : thrown
  }
}

/** Work that only helps reading offline: the vault has the truth, so a full or broken database must not hide its answer. */
export const storedIfPossible = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof Dexie.DexieError)) throw thrown
  }
}
