import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { z } from 'zod'
import type { Database } from '../server/store/database.ts'
import { openPostgres } from '../server/store/postgres.ts'
import { openSqlite } from '../server/store/sqlite.ts'

/** Where this run's PostgreSQL server is; set by `test/engine-setup.ts`. */
export const SERVER_VARIABLE = 'OWNKEY_TEST_POSTGRES'
/** Begins the name of each database of a run. The one that the others are copied from is migrated, and empty. */
export const NAMES = 'ownkey_test_'
export const TEMPLATE = `${NAMES}template`

export type Engine = Database['engine']

/** What the tests stand on: the project of `vitest.config.ts` says it, so that one file runs on both. */
export const engine: Engine = process.env.OWNKEY_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite'

/** The same server, another database of it. */
export const databaseAt = (server: string, name: string): string => {
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}

/** Runs one statement on a server, outside of any database of ours. */
export const onServer = async (server: string, statement: string): Promise<void> => {
  const client = new Client(server)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A database that nobody else uses: how a vault is told to use it, and how a test opens it itself. */
export type FreshDatabase = {
  readonly settings: Readonly<Record<string, string>>
  open(): Database
  /** Everything that is stored outside of the data folder, as text. */
  stored(): Promise<string>
  remove(): Promise<void>
}

const embedded: FreshDatabase = {
  settings: {},
  open: () => openSqlite(':memory:'),
  stored: () => Promise.resolve(''),
  remove: async () => {},
}

const Named = z.object({ tablename: z.string() })

const tablesOf = async ({ db }: Database): Promise<readonly string[]> => {
  const { rows } = await sql`
    select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations'
  `.execute(db)
  return rows.map((row) => Named.parse(row).tablename)
}

const rowsOf = async ({ db }: Database, table: string): Promise<string> => {
  const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

const everyRow = async (database: Database): Promise<string> => {
  const tables = await Promise.all((await tablesOf(database)).map((table) => rowsOf(database, table)))
  await database.close()
  return tables.join('\n')
}

const serverOfThisRun = (): string => {
  const server = process.env[SERVER_VARIABLE]
  if (server === undefined) throw new Error('PostgreSQL was not started for this run')
  return server
}

/** Deletes every row but the schema's own version. */
export const empty = async (database: Database): Promise<void> => {
  const names = (await tablesOf(database)).map((table) => sql.table(table))
  await sql`truncate ${sql.join(names)}`.execute(database.db)
}

const newDatabase = async (server: string, template: string): Promise<string> => {
  const name = `${NAMES}${randomBytes(8).toString('hex')}`
  await onServer(server, `create database ${name} template ${template}`)
  return name
}

const LAST_WORD_MS = 10_000

/** Empties a database once nobody is connected any more: a vault that was killed may still be at its last statement. */
const clear = async (url: string): Promise<void> => {
  const database = openPostgres(url)
  await sql`
    select pg_terminate_backend(pid, ${LAST_WORD_MS}) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
  `.execute(database.db)
  await empty(database)
  await database.close()
}

/** Databases of tests that are done, empty again: that is ten times cheaper than a new one. */
const cleared: string[] = []

/** A database on this run's PostgreSQL server: empty, or brought to the newest schema already. */
export const freshPostgres = async (from: 'empty' | 'migrated'): Promise<FreshDatabase> => {
  const server = serverOfThisRun()
  const name =
    from === 'empty'
      ? await newDatabase(server, 'template0')
      : (cleared.pop() ?? (await newDatabase(server, TEMPLATE)))
  const url = databaseAt(server, name)
  return {
    settings: { DATABASE_URL: url },
    open: () => openPostgres(url),
    stored: () => everyRow(openPostgres(url)),
    remove: async () => {
      if (from === 'empty') return onServer(server, `drop database if exists ${name} with (force)`)
      await clear(url)
      cleared.push(name)
    },
  }
}

/** A database of the engine under test, or of another. The embedded one is in memory for books, and in the data folder of a vault. */
export const freshDatabase = (
  from: 'empty' | 'migrated' = 'migrated',
  on: Engine = engine,
): Promise<FreshDatabase> => (on === 'sqlite' ? Promise.resolve(embedded) : freshPostgres(from))
