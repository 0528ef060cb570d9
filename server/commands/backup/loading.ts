import { insertRows, occupiedBy } from '../../store/backup/load.ts'
import type { Cell, Column } from '../../store/backup/rows.ts'
import { savedTables } from '../../store/backup/saved.ts'
import { migrateIn, newestSchema } from '../../store/database.ts'
import { OperatorError } from '../command.ts'
import type { Header, Part } from './format.ts'

/** A transaction about the schema. */
export type Transaction = Parameters<typeof migrateIn>[0]

/** What `readBackup` gives. */
export type Parts = AsyncGenerator<Header | Part>

/** Cells of one statement: SQLite takes at most 32,766 (sqlite.org/limits.html). */
const CELLS_AT_ONCE = 10_000
const MOST_ROWS_AT_ONCE = 500

const damaged = (): OperatorError => new OperatorError('This backup does not hold together.')

/** The header of a backup that this Ownkey can read. Nothing else was read yet. */
export const requireKnown = async (parts: Parts): Promise<Header> => {
  const { value: header } = await parts.next()
  if (header === undefined) throw new OperatorError('This backup is empty.')
  if (!('ownkey' in header)) throw damaged()
  if (header.schema > newestSchema)
    throw new OperatorError(
      `A newer Ownkey wrote this backup (schema ${header.schema}, this one knows up to ${newestSchema}). Restore it with that one.`,
    )
  return header
}

/** Gives an empty database the schema of the backup. Refuses one that holds anything. */
export const prepare = async (tx: Transaction, { schema }: Header): Promise<void> => {
  const occupied = await occupiedBy(tx, schema)
  if (occupied === 'has-rows')
    throw new OperatorError(
      'This database is not empty, and a restore replaces nothing. Name an empty one: another folder in OWNKEY_DATA, or a new database in DATABASE_URL.',
    )
  if (occupied === 'newer-schema')
    throw new OperatorError(
      `This database is empty but has a newer schema than the backup (${schema}). Name one that was never used.`,
    )
  await migrateIn(tx, schema)
}

type Table = { readonly table: string; readonly columns: readonly Column[] }

const known = new Set(savedTables.map(({ table }) => table))

const rowsAtOnce = ({ columns }: Table): number =>
  Math.max(1, Math.min(MOST_ROWS_AT_ONCE, Math.floor(CELLS_AT_ONCE / columns.length)))

/** Inserts every row, a few hundred at once, and brings the schema to this Ownkey's. Tells how many there were. */
export const loadRows = async (
  tx: Transaction,
  parts: Parts,
  tell: (table: string, rows: number) => void,
): Promise<number> => {
  let table: Table | undefined
  let waiting: (readonly Cell[])[] = []
  let total = 0
  const flush = async (): Promise<void> => {
    if (table !== undefined) await insertRows(tx, table.table, table.columns, waiting)
    waiting = []
  }
  for await (const part of parts) {
    if ('ownkey' in part) throw damaged()
    if (part.part === 'row') {
      waiting.push(part.cells)
      if (table !== undefined && waiting.length >= rowsAtOnce(table)) await flush()
    } else if (part.part === 'table') {
      if (!known.has(part.table)) throw damaged()
      table = part
    } else {
      await flush()
      tell(part.table, part.rows)
      total += part.rows
    }
  }
  await migrateIn(tx)
  return total
}
