import { sql } from 'kysely'
import { z } from 'zod'
import { Role } from '../../../shared/members.ts'
import type { PairingStore, StoredCode } from '../../domain/identity/pairing.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { admit } from './admission.ts'

/** How long a dead code is kept, so that a late try is still written down as refused. */
const KEPT_MS = 24 * 3_600_000

const columns = [
  'workspace_id',
  'id',
  'kind',
  'role',
  'member_id',
  'made_by',
  'sealed_verifier',
  'created_at',
  'expires_at',
  'used_at',
  'withdrawn_at',
] as const

const Row = z
  .object({
    workspace_id: z.string(),
    id: z.string(),
    kind: z.enum(['setup', 'recover', 'device', 'invite']),
    role: Role,
    member_id: z.string().nullable(),
    made_by: z.string().nullable(),
    sealed_verifier: z.string(),
    created_at: Count,
    expires_at: Count,
    used_at: Count.nullable(),
    withdrawn_at: Count.nullable(),
  })
  .transform(
    (row): StoredCode => ({
      workspaceId: row.workspace_id,
      id: row.id,
      kind: row.kind,
      role: row.role,
      memberId: row.member_id,
      madeBy: row.made_by,
      sealedVerifier: row.sealed_verifier,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
      withdrawnAt: row.withdrawn_at,
    }),
  )

/** Deletes what the new code replaces: the same person's earlier unused ones (of invitations each stays), and long dead ones. */
const clearBefore = async (tx: Executor, code: StoredCode): Promise<void> => {
  const ofWorkspace = tx.deleteFrom('pairing_codes').where('workspace_id', '=', code.workspaceId)
  await ofWorkspace.where('expires_at', '<', code.createdAt - KEPT_MS).execute()
  if (code.kind === 'invite') return
  await ofWorkspace
    .where('kind', '=', code.kind)
    .where('used_at', 'is', null)
    .where((where) =>
      code.memberId === null ? where('member_id', 'is', null) : where('member_id', '=', code.memberId),
    )
    .execute()
}

const insertCode = async (tx: Executor, code: StoredCode, tries: number): Promise<boolean> => {
  const inserted = await tx
    .insertInto('pairing_codes')
    .values({
      workspace_id: code.workspaceId,
      id: code.id,
      kind: code.kind,
      role: code.role,
      member_id: code.memberId,
      made_by: code.madeBy,
      sealed_verifier: code.sealedVerifier,
      tries_left: tries,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Pairing codes, and the one transaction in which a code becomes a member or a device. */
export const sqlPairingCodes = (database: Database, appendAudit: AppendAudit): PairingStore => ({
  make: (code, tries, record) =>
    database.transaction(code.workspaceId, async (tx) => {
      await clearBefore(tx, code)
      if (!(await insertCode(tx, code, tries))) return false
      await appendAudit(tx, record)
      return true
    }),
  spendTry: async (codeId) => {
    const row = await database.db
      .updateTable('pairing_codes')
      .set({ tries_left: sql<number>`tries_left - 1` })
      .where('id', '=', codeId)
      .where('tries_left', '>', 0)
      .returning(columns)
      .executeTakeFirst()
    return row && Row.parse(row)
  },
  returnTry: async ({ workspaceId, id }) => {
    await database.db
      .updateTable('pairing_codes')
      .set({ tries_left: sql<number>`tries_left + 1` })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute()
  },
  refuse: (record) => database.transaction(record.workspaceId, (tx) => appendAudit(tx, record)),
  admit: (admission) =>
    database.transaction(admission.code.workspaceId, (tx) => admit(tx, appendAudit, admission)),
})
