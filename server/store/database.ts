import { type Kysely, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { Count } from './columns.ts'
import { migrations } from './migrations/list.ts'
import type { Tables } from './tables.ts'

/** What a transaction is about: a workspace by its id, or something that belongs to none. */
type Subject = string

/**
 * The vault's database. A transaction runs alone: no other one about the same subject runs beside it, in any vault. It must change
 * nothing that another subject's transactions change, and inside it only its `tx` may be used: the outer `db` may wait for the
 * connection that the transaction holds, forever. A disk that is full arrives as the refusal `storage-full`, everywhere.
 */
export type Database = {
  readonly db: Kysely<Tables>
  readonly engine: 'sqlite' | 'postgres'
  transaction<T>(about: Subject, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Reads the whole database as it is at one moment, however long the reading takes; writers go on meanwhile. `work` only reads, and only by its `tx`. */
  snapshot<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** What a store function can run in: the database itself, or somebody's transaction. */
export type Executor = Kysely<Tables> | Transaction<Tables>

const Version = z.object({ version: Count })

/** The schema's version; 0 where there is no schema yet. */
export const schemaVersion = async (db: Executor): Promise<number> => {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === 'migrations')) return 0
  const rows = await db.selectFrom('migrations').select('version').execute()
  return Math.max(0, ...rows.map((row) => Version.parse(row).version))
}

/** The version that this code knows. */
export const newestSchema = migrations.length

/** Applies what is missing up to `upTo`, in the caller's transaction about `migrations`. */
export const migrateIn = async (tx: Transaction<Tables>, upTo = newestSchema): Promise<void> => {
  const applied = await schemaVersion(tx)
  if (applied > newestSchema)
    throw new Error(
      `The database has schema version ${applied}; this Ownkey knows up to ${newestSchema}. Start a newer Ownkey.`,
    )
  if (applied === 0)
    await tx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('version', 'bigint', (column) => column.primaryKey())
      .execute()
  for (const [index, { up }] of migrations.slice(0, upTo).entries()) {
    const version = index + 1
    if (version <= applied) continue
    await up(tx)
    await tx.insertInto('migrations').values({ version }).execute()
  }
}

/**
 * Brings the schema to this code's version, forward only and all or nothing; vaults that start together wait for the first one.
 * Throws when the database was written by a newer Ownkey: an older one must not guess what it means.
 */
export const migrate = (database: Database): Promise<void> =>
  database.transaction('migrations', (tx) => migrateIn(tx))

/** Whether the database answers a query. */
export const answers = ({ db }: Database): Promise<boolean> =>
  sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
