import { z } from 'zod'
import type { SecretStore } from '../domain/vault-secrets.ts'
import { Count } from './columns.ts'
import type { Database } from './database.ts'

const FIRST_VERSION = 1

const Row = z.object({ version: Count, sealed: z.string() })

/** Sealed secrets that are not provider keys. */
export const sqlSecrets = ({ db }: Database): SecretStore => {
  const find: SecretStore['find'] = async (workspaceId, kind) => {
    const row = await db
      .selectFrom('secrets')
      .select(['version', 'sealed'])
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', kind)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && Row.parse(row)
  }
  return {
    find,
    keepFirst: async ({ workspaceId, id, kind, sealed, at }) => {
      await db
        .insertInto('secrets')
        .values({ workspace_id: workspaceId, id, kind, version: FIRST_VERSION, sealed, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await find(workspaceId, kind)) ?? { version: FIRST_VERSION, sealed }
    },
  }
}
