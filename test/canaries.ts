import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A word that occurs nowhere else, so that finding it anywhere means that it leaked. */
export type Canary = { readonly name: string; readonly text: string }

let count = 0

/** Makes a canary. `text` goes into whatever is to be followed; it is one word of letters and digits. */
export const canary = (name: string): Canary => {
  count += 1
  return { name, text: `Kanari${name}x${(0x5eed_0000 + count * 7919).toString(36)}` }
}

const ALIGNMENTS = [0, 1, 2]

/** The text as base64 would hide it, whatever stands before and after: the letters that depend on it alone, for each alignment. */
const inBase64 = (text: string): string[] =>
  ALIGNMENTS.map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + text)
      .toString('base64')
      .replaceAll('=', '')
    return encoded.slice(before === 0 ? 0 : before + 1, -3)
  })

const disguises = (text: string): Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('hex')),
  ...inBase64(text).map((form) => Buffer.from(form)),
]

/** Names of the canaries that occur in the bytes, plain or disguised by a common encoding. */
export const caughtIn = (bytes: Buffer | string, canaries: readonly Canary[]): string[] => {
  const haystack = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return canaries
    .filter(({ text }) => disguises(text).some((form) => haystack.includes(form)))
    .map(({ name }) => name)
}

/** The canaries in all files under a folder, as `file: canary`. */
export const caughtUnder = (folder: string, canaries: readonly Canary[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      return caughtIn(readFileSync(path), canaries).map((name) => `${path}: ${name}`)
    })
