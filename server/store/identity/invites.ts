import { z } from 'zod'
import { Role } from '../../../shared/members.ts'
import type { InviteStore, PendingInvite } from '../../domain/identity/invites.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Row = z
  .object({
    id: z.string(),
    role: Role,
    created_at: Count,
    expires_at: Count,
    maker_id: z.string(),
    maker_name: z.string(),
    maker_role: Role,
    maker_removed_at: Count.nullable(),
  })
  .transform(
    (row): PendingInvite => ({
      id: row.id,
      role: row.role,
      madeBy: row.maker_name,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      maker: { id: row.maker_id, role: row.maker_role, removed: row.maker_removed_at !== null },
    }),
  )

const Withdrawn = z.object({ role: Role })

const pending = async (db: Executor, workspaceId: string, now: number): Promise<PendingInvite[]> => {
  const rows = await db
    .selectFrom('pairing_codes as c')
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'c.workspace_id').onRef('m.id', '=', 'c.made_by'),
    )
    .select([
      'c.id',
      'c.role',
      'c.created_at',
      'c.expires_at',
      'm.id as maker_id',
      'm.name as maker_name',
      'm.role as maker_role',
      'm.removed_at as maker_removed_at',
    ])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.kind', '=', 'invite')
    .where('c.used_at', 'is', null)
    .where('c.withdrawn_at', 'is', null)
    .where('c.tries_left', '>', 0)
    .where('c.expires_at', '>', now)
    .orderBy('c.created_at')
    .orderBy('c.id')
    .execute()
  return rows.map((row) => Row.parse(row))
}

const withdraw =
  (database: Database, appendAudit: AppendAudit): InviteStore['withdraw'] =>
  ({ workspaceId, inviteId, by, at }) =>
    database.transaction(workspaceId, async (tx) => {
      const row = await tx
        .updateTable('pairing_codes')
        .set({ withdrawn_at: at })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', inviteId)
        .where('kind', '=', 'invite')
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .where('expires_at', '>', at)
        .returning('role')
        .executeTakeFirst()
      if (row === undefined) return false
      const facts = { code: inviteId, role: Withdrawn.parse(row).role }
      await appendAudit(tx, { workspaceId, kind: 'invite-withdrawn', memberId: by, facts })
      return true
    })

/** Invitations, which are pairing codes for new members. */
export const sqlInvites = (database: Database, appendAudit: AppendAudit): InviteStore => ({
  pending: (workspaceId, now) => pending(database.db, workspaceId, now),
  withdraw: withdraw(database, appendAudit),
})
