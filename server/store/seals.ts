import { sql } from 'kysely'
import { z } from 'zod'
import type { SealStore } from '../domain/seal.ts'
import type { AppendAudit } from './books/audit.ts'
import { Count } from './columns.ts'
import type { Database, Executor } from './database.ts'

/** The workspace id of what belongs to the vault itself, and the secret that signs session tokens. */
const VAULT = 'vault'
const TOKEN_KEY = 'token-key'

const State = z
  .object({ sealed_at: Count.nullable(), version: Count.nullable() })
  .transform(({ sealed_at, version }) => ({ sealedAt: sealed_at, tokenKeyVersion: version ?? 0 }))

const readState = async (db: Executor) => {
  const { rows } = await sql`
    select
      (select sealed_at from seals where workspace_id = ${VAULT}) as sealed_at,
      (select version from secrets where workspace_id = ${VAULT} and id = ${TOKEN_KEY}) as version
  `.execute(db)
  return State.parse(rows[0])
}

const Told = z.object({ kind: z.string() })

const lastTold = async (tx: Executor, workspaceId: string): Promise<string | undefined> => {
  const row = await tx
    .selectFrom('events')
    .select('kind')
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', 'audit')
    .where('kind', 'in', ['vault-sealed', 'vault-unsealed'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && Told.parse(row).kind
}

/** The seal on the whole vault, which all vaults on the database obey. */
export const sqlSeals = (database: Database, appendAudit: AppendAudit): SealStore => ({
  state: () => readState(database.db),
  seal: (at, { version, sealed }) =>
    database.transaction(VAULT, async (tx) => {
      const { sealedAt } = await readState(tx)
      if (sealedAt !== null) return false
      await tx.insertInto('seals').values({ workspace_id: VAULT, sealed_at: at }).execute()
      await tx
        .updateTable('secrets')
        .set({ version, sealed, created_at: at })
        .where('workspace_id', '=', VAULT)
        .where('id', '=', TOKEN_KEY)
        .execute()
      return true
    }),
  lift: () =>
    database.transaction(VAULT, async (tx) => {
      await tx.deleteFrom('seals').where('workspace_id', '=', VAULT).execute()
    }),
  tell: (workspaceId, kind) =>
    database.transaction(workspaceId, async (tx) => {
      if ((await lastTold(tx, workspaceId)) === kind) return
      await appendAudit(tx, { workspaceId, kind, memberId: null, facts: {} })
    }),
})
