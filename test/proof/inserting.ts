import { CompiledQuery, type Transaction } from 'kysely'
import type { Tables } from '../../server/store/tables.ts'
import type { Engine } from '../engine.ts'

/** A row by the names of its columns. */
export type Cells = Readonly<Record<string, string | number | bigint | null>>

/** Rows of one statement: PostgreSQL takes 65,535 values, SQLite 32,766. */
const ROWS_AT_ONCE = 500

/** Writes rows that have the same columns, many in one statement, as they are. */
export const insertAll = async (
  tx: Transaction<Tables>,
  engine: Engine,
  table: string,
  rows: readonly Cells[],
): Promise<void> => {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const sign = (number: number): string => (engine === 'sqlite' ? '?' : `$${number}`)
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE)
    const places = some.map(
      (_, row) => `(${columns.map((_column, index) => sign(row * columns.length + index + 1)).join(',')})`,
    )
    const text = `insert into ${table} (${columns.join(',')}) values ${places.join(',')}`
    const values = some.flatMap((row) => columns.map((column) => row[column] ?? null))
    await tx.executeQuery(CompiledQuery.raw(text, values))
  }
}
