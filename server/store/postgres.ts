import { type CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, sql } from 'kysely'
import pLimit, { type LimitFunction } from 'p-limit'
import { Pool, TypeOverrides } from 'pg'
import { z } from 'zod'
import { Refusal } from '../domain/refusal.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** Connections of one vault: PostgreSQL allows 100 in all as it comes, and several vaults share it. */
const CONNECTIONS = 10
/** How long to wait for a connection (a free one included), for a statement (a lock included), and for our own side within a transaction. */
const CONNECT_MS = 20_000
const STATEMENT_MS = 30_000
const IDLE_IN_TRANSACTION_MS = 30_000
/** Later than the server's own limit: only a server that no longer speaks is given up by this one. */
const SILENCE_MS = STATEMENT_MS + 5_000

/** The type `bigint` in pg_type. */
const INT8 = 20
/** disk_full (postgresql.org/docs/current/errcodes-appendix.html). */
const DISK_FULL = '53100'

const PostgresError = z.object({ code: z.string() })

const refusalOf = (error: unknown): unknown => {
  const parsed = PostgresError.safeParse(error)
  return parsed.success && parsed.data.code === DISK_FULL ? new Refusal('storage-full', {}) : error
}

/** A text column cannot hold U+0000, which a name or an id from outside may: it becomes the sign for what cannot be shown. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value

const guard = async (connection: DatabaseConnection): Promise<void> => {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async <Row>(query: CompiledQuery<unknown>) => {
    try {
      return await execute<Row>({ ...query, parameters: query.parameters.map(storable) })
    } catch (error) {
      throw refusalOf(error)
    }
  }
}

const wholeNumbers = (): TypeOverrides => {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, BigInt)
  return types
}

/** A connection that breaks is replaced by the next one that is needed; whoever was using it is told by its own query. */
const survive = (): void => {}

const poolAt = (url: string): Pool => {
  const pool = new Pool({
    connectionString: url,
    application_name: 'ownkey',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENCE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    allowExitOnIdle: true,
    types: wholeNumbers(),
  })
  pool.on('error', survive)
  pool.on('connect', (client) => client.on('error', survive))
  return pool
}

/** Transactions about the same subject that may be begun at once in this vault: the one that holds the lock, and the next one, ready to take it. */
const AT_ONCE = 2

/** Lets work about the same subject begin in turns: whoever waits for its lock must not hold the connections that others could read with. */
const turnsBySubject = () => {
  const turns = new Map<string, LimitFunction>()
  return async <T>(about: string, work: () => Promise<T>): Promise<T> => {
    const turn = turns.get(about) ?? pLimit(AT_ONCE)
    turns.set(about, turn)
    try {
      return await turn(work)
    } finally {
      if (turn.activeCount + turn.pendingCount === 0) turns.delete(about)
    }
  }
}

/**
 * Opens a database that several vaults share; connects when it is first asked. TLS and everything else about the connection is the
 * address's own. Statements see what is committed when they begin (READ COMMITTED), and a transaction first takes the lock of what
 * it is about. So it finds the books at rest, as after SQLite's `begin immediate`: the stores are right on both engines for one and
 * the same reason, one lock at a time cannot deadlock, and no draft that is paid for depends on a retry, as under SERIALIZABLE.
 */
export const openPostgres = (url: string): Database => {
  const pool = poolAt(url)
  const inTurn = turnsBySubject()
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection: guard }) })
  return {
    db,
    engine: 'postgres',
    transaction: (about, work) =>
      inTurn(about, () =>
        db
          .transaction()
          .setIsolationLevel('read committed')
          .execute(async (tx) => {
            await sql`select pg_advisory_xact_lock(hashtextextended(${about}, 0))`.execute(tx)
            return work(tx)
          }),
      ),
    snapshot: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
          return work(tx)
        }),
    close: async () => {
      await db.destroy()
      if (!pool.ending) await pool.end()
    },
  }
}
