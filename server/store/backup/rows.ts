import { sql } from 'kysely'
import { z } from 'zod'
import type { Executor } from '../database.ts'
import { savedTables } from './saved.ts'

/** Rows read at once; so many are in memory, never the table. */
const PAGE = 1_000

/** What a column holds: text, or a whole number of at most 64 bits. */
export type Column = { readonly name: string; readonly type: 'text' | 'whole' }
export type Cell = string | bigint | null

/** A table as a backup carries it. `rows` is read once, in the order of the primary key. */
export type TableRows = {
  readonly table: string
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<readonly Cell[]>
}

const Cell = z.union([z.string(), z.bigint(), z.null()])
const Row = z.record(z.string(), Cell)

/** SQLite says what the migration wrote, PostgreSQL its own name of it. */
const types: Readonly<Record<string, Column['type']>> = { text: 'text', bigint: 'whole', int8: 'whole' }

/** The columns of each table that there is. */
export const columnsByTable = async (db: Executor): Promise<ReadonlyMap<string, readonly Column[]>> => {
  const tables = await db.introspection.getTables()
  return new Map(
    tables.map(({ name, columns }) => [
      name,
      columns.map((column) => ({ name: column.name, type: types[column.dataType.toLowerCase()] ?? 'text' })),
    ]),
  )
}

const pageAfter = async (
  db: Executor,
  table: string,
  key: readonly string[],
  last: readonly Cell[] | undefined,
): Promise<readonly z.infer<typeof Row>[]> => {
  const order = sql.join(key.map((column) => sql.ref(column)))
  const further = last === undefined ? sql`` : sql`where (${order}) > (${sql.join(last)})`
  const query = sql`select * from ${sql.table(table)} ${further} order by ${order} limit ${sql.lit(PAGE)}`
  return (await query.execute(db)).rows.map((row) => Row.parse(row))
}

const rowsOf = async function* (
  db: Executor,
  table: string,
  key: readonly string[],
  columns: readonly Column[],
): AsyncGenerator<readonly Cell[]> {
  let last: readonly Cell[] | undefined
  for (;;) {
    const page = await pageAfter(db, table, key, last)
    for (const row of page) yield columns.map(({ name }) => row[name] ?? null)
    const end = page.at(-1)
    if (end === undefined || page.length < PAGE) return
    last = key.map((column) => end[column] ?? null)
  }
}

/** Every table that a backup carries with all its rows, of a database that has them. */
export const everyTable = async function* (db: Executor): AsyncGenerator<TableRows> {
  const known = await columnsByTable(db)
  for (const { table, key } of savedTables) {
    const columns = known.get(table)
    if (columns !== undefined) yield { table, columns, rows: rowsOf(db, table, key, columns) }
  }
}
