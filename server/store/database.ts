import { type Kysely, sql, type Transaction } from 'kysely'
import { migrations } from './migrations/list.ts'
import type { Tables } from './tables.ts'

/**
 * The vault's database. Inside `transaction` only its `tx` may be used: the outer `db` waits for the one connection that the
 * transaction holds, forever. A disk that is full arrives as the refusal `storage-full`, everywhere.
 */
export type Database = {
  readonly db: Kysely<Tables>
  readonly engine: 'sqlite' | 'postgres'
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
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
 * Brings the schema to this code's version, forward only and all or nothing. Throws when the database was written by a newer
 * Ownkey: an older one must not guess what it means.
 */
export const migrate = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
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
export const answers = async ({ db }: Database): Promise<boolean> => {
  await sql`select 1`.execute(db)
  return true
}
