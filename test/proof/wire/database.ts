import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { link } from '../../../server/crypto/chain.ts'
import { sqlLedger } from '../../../server/store/books/ledger.ts'
import type { Database } from '../../../server/store/database.ts'
import { openPostgres } from '../../../server/store/postgres.ts'
import { openSqlite } from '../../../server/store/sqlite.ts'
import { until, type World } from '../../world.ts'

/** Opens a world's database beside its vaults. A vault in this very process may not write at the same time: neither could let the other go on. */
export const openBeside = ({ settings, dataFolder }: World): Database =>
  settings.DATABASE_URL === undefined
    ? openSqlite(join(dataFolder, 'ownkey.db'))
    : openPostgres(settings.DATABASE_URL)

const Count = z.object({ others: z.coerce.number() })

/** Waits until nobody else is connected: a vault that was killed may still be at its last statement. */
export const untilAlone = async ({ db, engine }: Database): Promise<void> => {
  if (engine === 'sqlite') return
  const others = sql`
    select count(*) as others from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
  `
  await until(
    async () => Count.parse((await others.execute(db)).rows[0]).others,
    (count) => count === 0,
  )
}

/** One sweep as a vault makes it whose clock is so many milliseconds ahead; tells how many holds it closed. */
export const sweepAhead = (database: Database, aheadMs: number): Promise<number> =>
  sqlLedger(database, { now: () => Date.now() + aheadMs, newId: randomUUID, link }).sweep()
