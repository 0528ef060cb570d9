import { sql } from 'kysely'
import { type Executor, schemaVersion } from '../database.ts'
import { type Cell, type Column, columnsByTable } from './rows.ts'
import { savedTables } from './saved.ts'

/** Why nothing may be loaded into a database: it holds something, or its schema is newer than the rows. */
type Occupied = 'has-rows' | 'newer-schema'

const hasRows = async (db: Executor, table: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
  return rows.length > 0
}

/** Undefined when rows of schema `version` can be loaded: none of our tables is there, or all are empty and not newer. */
export const occupiedBy = async (db: Executor, version: number): Promise<Occupied | undefined> => {
  const there = await columnsByTable(db)
  for (const { table } of savedTables) if (there.has(table) && (await hasRows(db, table))) return 'has-rows'
  return (await schemaVersion(db)) > version ? 'newer-schema' : undefined
}

/** Inserts rows as they are; every row has a cell for each of `columns`. */
export const insertRows = async (
  tx: Executor,
  table: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Promise<void> => {
  if (rows.length === 0) return
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = sql.join(rows.map((cells) => sql`(${sql.join(cells)})`))
  await sql`insert into ${sql.table(table)} (${names}) values ${values}`.execute(tx)
}
