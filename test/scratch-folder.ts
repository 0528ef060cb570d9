import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is gone when its user is done, also when the process ends before that. */
type ScratchFolder = { readonly path: string; remove(): void }

/** Makes an empty folder in the system's place for them. A browser or vault in it may still be ending when it is removed. */
export const scratchFolder = (name: string): ScratchFolder => {
  const path = mkdtempSync(join(tmpdir(), `ownkey-${name}-`))
  const remove = (): void => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  process.once('exit', remove)
  return { path, remove }
}
