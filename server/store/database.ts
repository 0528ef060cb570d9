import { type Kysely, sql, type Transaction } from 'kysely'
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
  close(): Promise<void>
}

/** What a store function can run in: the database itself, or somebody's transaction. */
export type Executor = Kysely<Tables> | Transaction<Tables>

const appliedVersions = async (tx: Transaction<Tables>): Promise<readonly number[]> => {
  await tx.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('version', 'bigint', (column) => column.primaryKey())
    .execute()
  const rows = await tx.selectFrom('migrations').select('version').execute()
  return rows.map(({ version }) => Number(version))
}

/**
 * Brings the schema to this code's version, forward only and all or nothing; vaults that start together wait for the first one.
 * Throws when the database was written by a newer Ownkey: an older one must not guess what it means.
 */
export const migrate = (database: Database): Promise<void> =>
  database.transaction('migrations', async (tx) => {
    const applied = await appliedVersions(tx)
    const newest = Math.max(0, ...applied)
    if (newest > migrations.length)
      throw new Error(
        `The database has schema version ${newest}; this Ownkey knows up to ${migrations.length}. Start a newer Ownkey.`,
      )
    for (const [index, { up }] of migrations.entries()) {
      const version = index + 1
      if (applied.includes(version)) continue
      await up(tx)
      await tx.insertInto('migrations').values({ version }).execute()
    }
  })

/** Whether the database answers a query. */
export const answers = ({ db }: Database): Promise<boolean> =>
  sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
