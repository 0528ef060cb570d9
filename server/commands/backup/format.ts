import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Cell, Column, TableRows } from '../../store/backup/rows.ts'
import { OperatorError } from '../command.ts'

const FORMAT = 1

/** The first line of a backup. `schema` is the version of the rows. */
export const Header = z.object({
  ownkey: z.literal('backup'),
  v: z.int(),
  schema: z.int().positive(),
  createdAt: z.iso.datetime(),
})
export type Header = z.infer<typeof Header>

const ColumnLine = z.object({ name: z.string(), type: z.enum(['text', 'whole']) })
/** Before the rows of a table. */
const TableLine = z.strictObject({ table: z.string(), columns: z.array(ColumnLine).min(1) })
/** A row: a whole number is written as text, since JSON's numbers are floats. */
const RowLine = z.array(z.union([z.string(), z.null()]))
/** After the rows of a table. */
const CountLine = z.strictObject({ rows: z.int() })
/** The last line. `sha256` (base64url) is over every byte before it. */
const EndLine = z.strictObject({ tables: z.int(), rows: z.int(), sha256: z.string() })
const Line = z.union([RowLine, TableLine, CountLine, EndLine])

/** What a backup says after its header, in order. */
export type Part =
  | { readonly part: 'table'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly part: 'row'; readonly cells: readonly Cell[] }
  | { readonly part: 'table-end'; readonly table: string; readonly rows: number }

const asText = (cell: Cell): string | null => (typeof cell === 'bigint' ? cell.toString() : cell)

/** A backup line by line, each with its end: header, then each table with its columns, rows and their number, then the whole count and hash. */
export const writeBackup = async function* (
  { schema, createdAt }: Pick<Header, 'schema' | 'createdAt'>,
  tables: AsyncIterable<TableRows>,
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    return text
  }
  const total = { tables: 0, rows: 0 }
  yield line({ ownkey: 'backup', v: FORMAT, schema, createdAt })
  for await (const { table, columns, rows } of tables) {
    let count = 0
    yield line({ table, columns })
    for await (const cells of rows) {
      count += 1
      yield line(cells.map(asText))
    }
    yield line({ rows: count })
    total.tables += 1
    total.rows += count
  }
  yield `${JSON.stringify({ ...total, sha256: hash.digest('base64url') })}\n`
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const damaged = (): OperatorError =>
  new OperatorError('This backup does not hold together: a line is not what its place asks for.')

const cutOff = (): OperatorError =>
  new OperatorError('This backup is cut off: its last line, which counts the others, is not there.')

const headerOf = (text: string): Header => {
  const header = Header.safeParse(jsonOf(text))
  if (!header.success) throw new OperatorError('This is no backup of Ownkey.')
  if (header.data.v > FORMAT)
    throw new OperatorError(
      `A newer Ownkey wrote this backup (format ${header.data.v}, this one knows ${FORMAT}). Restore it with that one.`,
    )
  return header.data
}

const WholeText = /^-?\d{1,19}$/

const cellOf = (text: string | null | undefined, column: Column): Cell => {
  if (text === undefined) throw damaged()
  if (text === null || column.type === 'text') return text
  if (!WholeText.test(text)) throw damaged()
  return BigInt(text)
}

type Table = { readonly table: string; readonly columns: readonly Column[]; readonly rows: number }

const rowOf = (line: z.infer<typeof RowLine>, { columns }: Table): readonly Cell[] => {
  if (line.length !== columns.length) throw damaged()
  return columns.map((column, index) => cellOf(line[index], column))
}

type Reading = { readonly table: Table | undefined; readonly tables: number; readonly rows: number }
type Step = { readonly part: Part; readonly reading: Reading }

/** What a line is in its place. */
const step = (line: Exclude<z.infer<typeof Line>, z.infer<typeof EndLine>>, reading: Reading): Step => {
  const { table } = reading
  if (Array.isArray(line)) {
    if (table === undefined) throw damaged()
    const part: Part = { part: 'row', cells: rowOf(line, table) }
    return { part, reading: { ...reading, table: { ...table, rows: table.rows + 1 } } }
  }
  if ('table' in line) {
    if (table !== undefined) throw damaged()
    return { part: { part: 'table', ...line }, reading: { ...reading, table: { ...line, rows: 0 } } }
  }
  if (table === undefined || line.rows !== table.rows) throw damaged()
  const part: Part = { part: 'table-end', table: table.table, rows: table.rows }
  return {
    part,
    reading: { table: undefined, tables: reading.tables + 1, rows: reading.rows + table.rows },
  }
}

const nothingRead: Reading = { table: undefined, tables: 0, rows: 0 }

/** Whether the last line counts what was read. */
const isEndOf = (end: z.infer<typeof EndLine>, { table, tables, rows }: Reading, sha256: string): boolean =>
  table === undefined && end.tables === tables && end.rows === rows && end.sha256 === sha256

const lineOf = (text: string): z.infer<typeof Line> => {
  const line = Line.safeParse(jsonOf(text))
  if (!line.success) throw damaged()
  return line.data
}

/**
 * Reads what `writeBackup` wrote, header first. Throws OperatorError at the line that is not in order, and at the end of one that was cut:
 * only a backup that was read to its end is whole.
 */
export const readBackup = async function* (lines: AsyncIterable<string>): AsyncGenerator<Header | Part> {
  const hash = createHash('sha256')
  let reading: Reading | undefined
  for await (const text of lines) {
    if (reading === undefined) {
      yield headerOf(text)
      reading = nothingRead
    } else {
      const line = lineOf(text)
      if ('sha256' in line) {
        if (isEndOf(line, reading, hash.digest('base64url'))) return
        throw damaged()
      }
      const taken: Step = step(line, reading)
      reading = taken.reading
      yield taken.part
    }
    hash.update(`${text}\n`)
  }
  throw cutOff()
}
