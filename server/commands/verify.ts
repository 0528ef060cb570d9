import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type ChainFault, ExportedEntry, ExportHeader } from '../../shared/chains.ts'
import { walkStream } from '../crypto/chain.ts'
import { orMissing } from '../crypto/private-file.ts'
import type { StoredLink } from '../domain/books/chains.ts'
import { linesOf } from './backup/file.ts'
import { type Command, OperatorError, say } from './command.ts'

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const noExport = (file: string): OperatorError =>
  new OperatorError(
    `${file} is no export of Ownkey. One comes from the Audit tab, or from GET /v1/chains/ledger/export.`,
  )

/** The header of an export, and its entries as they are asked for. */
const readExport = async (file: string) => {
  const there = await orMissing(access(file).then(() => true))
  if (there === undefined) throw new OperatorError(`There is no file ${file}.`)
  const lines = linesOf(createReadStream(file))
  const { value: first } = await lines.next()
  const header = ExportHeader.safeParse(jsonOf(first ?? ''))
  if (!header.success) throw noExport(file)
  return { header: header.data, lines }
}

const Place = z.object({ workspace: z.string(), log: z.string() })

/** Whose entry this is, by its own hashed bytes. */
const isOf = ({ workspace, log }: ExportHeader, bytes: string): boolean => {
  const place = Place.safeParse(jsonOf(bytes))
  return !place.success || (place.data.workspace === workspace && place.data.log === log)
}

const entriesOf = async function* (
  header: ExportHeader,
  lines: AsyncIterable<string>,
): AsyncGenerator<StoredLink> {
  let count = 1
  for await (const line of lines) {
    count += 1
    const entry = ExportedEntry.safeParse(jsonOf(line))
    if (!entry.success)
      throw new OperatorError(`Line ${count} is no entry: the file was changed or cut off there.`)
    if (!isOf(header, entry.data.bytes))
      throw new OperatorError(
        `Line ${count} is an entry of another chain than the ${header.log} of workspace ${header.workspace}.`,
      )
    yield entry.data
  }
}

const faults: Readonly<Record<ChainFault, string>> = {
  changed: 'was changed, or the one before it was',
  missing: 'is missing, or does not stand in its place',
  reordered: 'stands in another place',
}

type Anchor = { readonly head: string | undefined; readonly length: number | undefined }

/** What an export alone cannot show: that its end is the end. */
const againstAnchor = (walked: { length: number; head: string | null }, { head, length }: Anchor): void => {
  if (length !== undefined && walked.length !== length)
    throw new OperatorError(
      `The export has ${walked.length} entries, not ${length}: ${walked.length < length ? 'its end was removed' : 'it is longer than you say'}.`,
    )
  if (head !== undefined && walked.head !== head)
    throw new OperatorError(`The last entry has the hash ${walked.head ?? 'of nothing'}, not ${head}.`)
}

const options = { head: { type: 'string' }, length: { type: 'string' } } as const

const lengthOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new OperatorError('--length: must be a whole number')
  return Number(text)
}

const run = async (words: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new OperatorError('Name the one export to verify.')
  const anchor = { head: values.head, length: lengthOf(values.length) }
  const { header, lines } = await readExport(resolve(file))
  const walked = await walkStream(entriesOf(header, lines))
  if (!walked.whole)
    throw new OperatorError(`The chain does not hold: entry ${walked.seq} ${faults[walked.fault]}.`)
  againstAnchor(walked, anchor)
  const isAnchored = anchor.head !== undefined || anchor.length !== undefined
  say(`The ${header.log} of workspace ${header.workspace}, exported ${new Date(header.exportedAt).toISOString()}, is whole.
  Length  ${walked.length}
  Head    ${walked.head ?? 'none'}${isAnchored ? '' : '\nThat nothing was removed from its end, only a length or head shows that was kept elsewhere: --length, --head.'}`)
}

/** Checks an export without a vault. */
export const verify: Command = {
  takes: 'FILE [--head HASH] [--length N]',
  does: 'checks an exported chain, without a vault',
  more: `Names the first entry that was changed, is missing or stands in another place. A removed end shows only against what was
kept elsewhere: the head or length that a browser or an earlier export has seen. Ends with 1 when the chain does not hold.`,
  run: (_configuration, words) => run(words),
}
