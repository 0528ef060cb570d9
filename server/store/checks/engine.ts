import { sql } from 'kysely'
import { z } from 'zod'
import { SILENCE_MS } from '../../domain/books/vaults.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Version = z.object({ version: z.string() })

/** What the engine calls its own version, such as `3.51.0` or `18.4`. */
export const engineVersion = async ({ db, engine }: Database): Promise<string> => {
  const query = engine === 'sqlite' ? sql`select sqlite_version() as version` : sql`show server_version`
  const { rows } = await query.execute(db)
  const [row] = rows
  const named = z.object({ server_version: z.string() }).safeParse(row)
  return named.success ? named.data.server_version : Version.parse(row).version
}

/** Whether the embedded database can search text: a table for it is made in memory and dropped again. */
export const canSearchText = async ({ db }: Database): Promise<boolean> => {
  try {
    await sql`create virtual table temp.ownkey_search using fts5(text)`.execute(db)
    await sql`drop table temp.ownkey_search`.execute(db)
    return true
  } catch {
    return false
  }
}

const Clock = z.object({ at: Count })

/** The clock (ms) of a database that has one of its own; the embedded one has ours. */
export const databaseClock = async ({ db, engine }: Database): Promise<number | undefined> => {
  if (engine === 'sqlite') return undefined
  const { rows } = await sql`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as at
  `.execute(db)
  return Clock.parse(rows[0]).at
}

const Latest = z.object({ at: Count.nullable() })

/** The latest moment (ms) that is written in any chain. */
export const latestEvent = async (db: Executor): Promise<number | undefined> => {
  const row = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst()
  return Latest.parse(row).at ?? undefined
}

const Running = z.object({ host: z.string(), pid: Count, started_at: Count })
export type RunningVault = z.infer<typeof Running>

/** The vaults that show a sign of life at `now` (ms). */
export const runningVaults = async (db: Executor, now: number): Promise<readonly RunningVault[]> => {
  const rows = await db
    .selectFrom('vaults')
    .select(['host', 'pid', 'started_at'])
    .where('stopped_at', 'is', null)
    .where('heartbeat_at', '>=', now - SILENCE_MS)
    .execute()
  return rows.map((row) => Running.parse(row))
}

const Sealed = z.object({ sealed_at: Count })

/** Since when the vault is sealed (ms). */
export const sealedSince = async (db: Executor): Promise<number | undefined> => {
  const row = await db.selectFrom('seals').select('sealed_at').limit(1).executeTakeFirst()
  return row && Sealed.parse(row).sealed_at
}
