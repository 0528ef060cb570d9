import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely'
import { z } from 'zod'
import { Refusal } from '../domain/refusal.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** How long another process (a command on the terminal, a backup) may hold the database before a query fails. */
const BUSY_TIMEOUT_MS = 30_000
/** Statements kept ready; Kysely's text varies only with list lengths and filters. */
const STATEMENTS_KEPT = 300

const SqliteError = z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.number() })
/** SQLITE_IOERR and SQLITE_FULL (sqlite.org/rescode.html), as primary codes: the low byte. */
const DISK_CODES = new Set([10, 13])

const isDiskFull = (error: unknown): boolean => {
  const parsed = SqliteError.safeParse(error)
  return parsed.success && DISK_CODES.has(parsed.data.errcode & 0xff)
}

const onDisk = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (isDiskFull(error)) throw new Refusal('storage-full', {})
    throw error
  }
}

const SqlValue = z.union([z.string(), z.number(), z.bigint(), z.null(), z.instanceof(Uint8Array)])

const bindable = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => SqlValue.parse(value))

const statementFor = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => onDisk(() => statement.all(...bindable(parameters))),
  run: (parameters) => onDisk(() => statement.run(...bindable(parameters))),
  iterate: (parameters) => statement.iterate(...bindable(parameters)),
})

const kyselyDatabase = (sqlite: DatabaseSync): SqliteDatabase => {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => sqlite.close(),
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known !== undefined) return known
      if (statements.size >= STATEMENTS_KEPT) statements.clear()
      const statement = statementFor(onDisk(() => sqlite.prepare(sql)))
      statements.set(sql, statement)
      return statement
    },
  }
}

/**
 * Takes the write lock at the beginning, so that what a transaction has read cannot change before it writes. One that only reads takes
 * none: the write-ahead log shows it the database as it was at its first query.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #sqlite: DatabaseSync

  constructor(config: SqliteDialectConfig, sqlite: DatabaseSync) {
    super(config)
    this.#sqlite = sqlite
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode }: TransactionSettings = {},
  ): Promise<void> {
    const begin = accessMode === 'read only' ? 'begin' : 'begin immediate'
    await connection.executeQuery(CompiledQuery.raw(begin))
  }

  /** SQLite rolls back by itself on a full disk; a second rollback would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.isTransaction) await super.rollbackTransaction(connection)
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #sqlite: DatabaseSync

  constructor(sqlite: DatabaseSync) {
    const config = { database: kyselyDatabase(sqlite) }
    super(config)
    this.#config = config
    this.#sqlite = sqlite
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config, this.#sqlite)
  }
}

/** Only the owner may read the file; the write-ahead log inherits its mode. */
const createPrivately = (path: string): void => closeSync(openSync(path, 'a', 0o600))

const openFile = (path: string): DatabaseSync => {
  if (path !== ':memory:') createPrivately(path)
  const sqlite = new DatabaseSync(path, {
    readBigInts: true,
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: false,
  })
  sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on')
  return sqlite
}

/** Opens (and creates) the embedded database. The folder must exist; `:memory:` lives as long as it is open. */
export const openSqlite = (path: string): Database => {
  const sqlite = onDisk(() => openFile(path))
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect(sqlite) })
  return {
    db,
    engine: 'sqlite',
    transaction: (_about, work) => db.transaction().execute(work),
    snapshot: (work) => db.transaction().setAccessMode('read only').execute(work),
    close: async () => {
      await db.destroy()
      if (sqlite.isOpen) sqlite.close()
    },
  }
}
