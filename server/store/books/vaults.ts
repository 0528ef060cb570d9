import { z } from 'zod'
import type { Vaults } from '../../domain/books/vaults.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

type VaultParts = {
  readonly now: () => number
  /** Whether a process of this host runs. */
  readonly isRunning: (pid: number) => boolean
}

const Process = z.object({ id: z.string(), pid: Count })

const stopIfRunning = async (tx: Executor, id: string, at: number): Promise<void> => {
  await tx
    .updateTable('vaults')
    .set({ stopped_at: at })
    .where('id', '=', id)
    .where('stopped_at', 'is', null)
    .execute()
}

/** Vaults of a host that cannot be running: their process is gone, or its number now belongs to the one that registers. */
const deadOn = async (
  tx: Executor,
  { host, pid }: { readonly host: string; readonly pid: number },
  isRunning: VaultParts['isRunning'],
): Promise<readonly string[]> => {
  const rows = await tx
    .selectFrom('vaults')
    .select(['id', 'pid'])
    .where('host', '=', host)
    .where('stopped_at', 'is', null)
    .execute()
  return rows
    .map((row) => Process.parse(row))
    .filter((other) => other.pid === pid || !isRunning(other.pid))
    .map(({ id }) => id)
}

/** The vaults in the shared database. */
export const sqlVaults = (database: Database, { now, isRunning }: VaultParts): Vaults => ({
  register: (vault) =>
    database.transaction('vaults', async (tx) => {
      const at = now()
      for (const id of await deadOn(tx, vault, isRunning)) await stopIfRunning(tx, id, at)
      await tx
        .insertInto('vaults')
        .values({ ...vault, started_at: at, heartbeat_at: at, stopped_at: null })
        .execute()
    }),
  heartbeat: async (id) => {
    const alive = { heartbeat_at: now(), stopped_at: null }
    await database.db.updateTable('vaults').set(alive).where('id', '=', id).execute()
  },
  stop: (id) => stopIfRunning(database.db, id, now()),
})
