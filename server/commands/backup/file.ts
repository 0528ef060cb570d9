import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { type Lock, LockedFileError, locked, type Opener, unlocked } from '../../crypto/backup-file.ts'
import { createPrivately, orMissing } from '../../crypto/private-file.ts'
import { OperatorError } from '../command.ts'

/** Characters gathered before they are encrypted together. */
const BLOCK = 65_536

const bytesOf = async function* (lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let block = ''
  for await (const line of lines) {
    block += line
    if (block.length < BLOCK) continue
    yield encoder.encode(block)
    block = ''
  }
  if (block !== '') yield encoder.encode(block)
}

/** Lines of UTF-8 text without their ends. */
export const linesOf = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const block of bytes) {
    const lines = (rest + decoder.decode(block, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

const isThere = async (file: string): Promise<boolean> =>
  (await orMissing(access(file).then(() => true))) ?? false

const taken = (file: string): OperatorError =>
  new OperatorError(`${file} is there already and is not overwritten. Name another file.`)

/** Refuses a name that is taken, before any work is done for it. */
export const requireFree = async (file: string): Promise<void> => {
  if (await isThere(file)) throw taken(file)
}

/** Writes text to a new file for its owner alone, whole or not at all. */
export const writeText = async (file: string, text: string): Promise<void> => {
  if (!(await createPrivately(file, (handle) => handle.writeFile(text)))) throw taken(file)
}

/** The same for lines that only the lock's holder can read; never more than a few blocks are in memory. */
export const writeLocked = async (file: string, lock: Lock, lines: AsyncIterable<string>): Promise<void> => {
  const done = await createPrivately(file, async (handle) => {
    for await (const block of await locked(bytesOf(lines), lock)) await handle.writeFile(block)
  })
  if (!done) throw taken(file)
}

/** A damaged file, in words for the operator. */
const inWords = async function* (file: string, lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines
  } catch (error) {
    throw error instanceof LockedFileError ? new OperatorError(`${file} ${error.message}.`) : error
  }
}

const unlockedLines = async function* (file: string, opener: Opener): AsyncGenerator<string> {
  yield* linesOf(await unlocked(createReadStream(file), opener))
}

/** The lines of a locked file. Throws OperatorError for one that is not there, does not open, was changed or cut off. */
export const readLocked = async (file: string, opener: Opener): Promise<AsyncIterable<string>> => {
  if (!(await isThere(file))) throw new OperatorError(`There is no file ${file}.`)
  return inWords(file, unlockedLines(file, opener))
}
