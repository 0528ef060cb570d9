import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type ChainFault, ExportedEntry, ExportedHead, ExportHeader } from '../../shared/chains.ts'
import { walkStream } from '../crypto/chain.ts'
import { orMissing } from '../crypto/private-file.ts'
import { readSignedHead } from '../crypto/signed-head.ts'
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

/** The signed head, when it was come to. */
type Signature = { text?: string }

/** The entries, and beside them the signed head, behind which nothing may stand. */
const entriesOf = async function* (
  header: ExportHeader,
  lines: AsyncIterable<string>,
  signature: Signature,
): AsyncGenerator<StoredLink> {
  let count = 1
  for await (const line of lines) {
    count += 1
    if (signature.text !== undefined)
      throw new OperatorError(`Line ${count} stands behind the signed head: it was added later.`)
    const last = ExportedHead.safeParse(jsonOf(line))
    if (last.success) {
      signature.text = last.data.signed
      continue
    }
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

/** Holds the file against what the vault signed when it wrote it; tells the thumbprint of the key. */
const againstSignature = async (
  { workspace, log, v }: ExportHeader,
  walked: { length: number; head: string | null },
  { text }: Signature,
): Promise<string | undefined> => {
  if (text === undefined && v === 1) return undefined
  if (text === undefined)
    throw new OperatorError('The signed head is missing: the end of the file was cut off.')
  const read = await readSignedHead(text)
  if (read === undefined) throw new OperatorError('The signature does not hold: the signed head was changed.')
  const { head, kid } = read
  if (head.workspace !== workspace || head.log !== log)
    throw new OperatorError(`The signed head is of the ${head.log} of workspace ${head.workspace}.`)
  if (head.length !== walked.length)
    throw new OperatorError(
      `The vault signed ${head.length} entries, the file has ${walked.length}: ${walked.length < head.length ? 'its end was cut off' : 'entries were added'}.`,
    )
  if (head.head !== walked.head)
    throw new OperatorError(
      `The vault signed another last entry: ${head.head ?? 'none'}, not ${walked.head ?? 'none'}.`,
    )
  return kid
}

/** What an export alone cannot show: that its end is the end, and that the key is the vault's. */
const againstAnchor = (walked: { length: number; head: string | null }, { head, length }: Anchor): void => {
  if (length !== undefined && walked.length !== length)
    throw new OperatorError(
      `The export has ${walked.length} entries, not ${length}: ${walked.length < length ? 'its end was removed' : 'it is longer than you say'}.`,
    )
  if (head !== undefined && walked.head !== head)
    throw new OperatorError(`The last entry has the hash ${walked.head ?? 'of nothing'}, not ${head}.`)
}

const options = { head: { type: 'string' }, length: { type: 'string' }, key: { type: 'string' } } as const

const lengthOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new OperatorError('--length: must be a whole number')
  return Number(text)
}

const againstKey = (kid: string | undefined, expected: string | undefined): void => {
  if (expected === undefined || expected === kid) return
  throw new OperatorError(
    kid === undefined ? 'The export is not signed.' : `Another key signed it: ${kid}, not ${expected}.`,
  )
}

/** What an export alone cannot show, the operator is told. */
const signedBy = (kid: string | undefined, expected: string | undefined): string => {
  if (kid === undefined)
    return 'It is not signed. That nothing was removed from its end, only a length or head shows that was kept elsewhere: --length, --head.'
  const compare = 'Whether that is the vault’s key, only a thumbprint shows that was kept elsewhere: --key.'
  return `  Key     ${kid}${expected === undefined ? `\n${compare}` : ''}`
}

const run = async (words: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new OperatorError('Name the one export to verify.')
  const anchor = { head: values.head, length: lengthOf(values.length) }
  const { header, lines } = await readExport(resolve(file))
  const signature: Signature = {}
  const walked = await walkStream(entriesOf(header, lines, signature))
  if (!walked.whole)
    throw new OperatorError(`The chain does not hold: entry ${walked.seq} ${faults[walked.fault]}.`)
  const kid = await againstSignature(header, walked, signature)
  againstAnchor(walked, anchor)
  againstKey(kid, values.key)
  say(`The ${header.log} of workspace ${header.workspace}, exported ${new Date(header.exportedAt).toISOString()}, is whole.
  Length  ${walked.length}
  Head    ${walked.head ?? 'none'}
${signedBy(kid, values.key)}`)
}

/** Checks an export without a vault. */
export const verify: Command = {
  takes: 'FILE [--key THUMBPRINT] [--head HASH] [--length N]',
  does: 'checks an exported chain, without a vault',
  more: `Names the first entry that was changed, is missing or stands in another place, says when the end was cut off, and whose key
signed it. Compare the thumbprint with the one on the Audit page of a browser: who changes a file can sign it with another key.
Ends with 1 when the export does not hold.`,
  run: (_configuration, words) => run(words),
}
