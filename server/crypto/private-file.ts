import { randomBytes } from 'node:crypto'
import { type FileHandle, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const READABLE_BY_OTHERS = 0o077

/** The error that a file is refused with; its message says what to do. */
type Refused = new (message: string) => Error

/** Whether an error of the file system has this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** Undefined where there is no such file. */
export const orMissing = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** The text of a file that only its owner may read; undefined where there is none. Throws `refused` for a file that others can read. */
export const readPrivately = async (file: string, refused: Refused): Promise<string | undefined> => {
  const found = await orMissing(stat(file))
  if (found === undefined) return undefined
  if (!found.isFile()) throw new refused(`${file} is not a file.`)
  if ((found.mode & READABLE_BY_OTHERS) !== 0)
    throw new refused(`${file} can be read by others on this machine: run \`chmod 600 ${file}\`.`)
  return readFile(file, 'utf8')
}

const writeNew = async (path: string, write: (handle: FileHandle) => Promise<unknown>): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    await write(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes a file for its owner alone, whole or not at all. False when there is a file of this name, also one that came at the same moment:
 * that one stays.
 */
export const createPrivately = async (
  file: string,
  write: (handle: FileHandle) => Promise<unknown>,
): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeNew(draft, write)
    await link(draft, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}
