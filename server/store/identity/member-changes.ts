import { z } from 'zod'
import { Member, Role } from '../../../shared/members.ts'
import type { MemberStore } from '../../domain/identity/members.ts'
import type { AppendAudit } from '../books/audit.ts'
import { takeAwayAllOf } from '../caps/changing.ts'
import { Flag } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { canSpeak } from './device-changes.ts'
import { endCodesMadeBy, endInvites, endRecovery } from './pending-codes.ts'

const MemberRow = z
  .object({ id: z.string(), name: z.string(), role: Role, sees_reports: Flag })
  .transform(({ sees_reports, ...row }): Member => Member.parse({ ...row, seesReports: sees_reports }))

type Place = { readonly workspaceId: string; readonly memberId: string }

/** A living member who is not the owner. Asked for inside the transaction, so that an owner of this moment is never changed or removed. */
const belowOwner = async (
  tx: Executor,
  { workspaceId, memberId }: Place,
  butNot = '',
): Promise<Member | undefined> => {
  const row = await tx
    .selectFrom('members')
    .select(['id', 'name', 'role', 'sees_reports'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .where('id', '!=', butNot)
    .where('role', '!=', 'owner')
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && MemberRow.parse(row)
}

const memberRow = (tx: Executor, { workspaceId, memberId }: Place) =>
  tx.updateTable('members').where('workspace_id', '=', workspaceId).where('id', '=', memberId)

/** What a change changed, for the record: nothing of what stayed as it was. */
const changedFacts = (before: Member, after: Member) => ({
  ...(before.role === after.role ? {} : { before: before.role, after: after.role }),
  ...(before.seesReports === after.seesReports ? {} : { seesReports: after.seesReports }),
})

/** Changes a member's role or reports flag. Invitations end with the role in which they were made, also if it comes back later. */
export const changeMember =
  (database: Database, appendAudit: AppendAudit): MemberStore['change'] =>
  ({ workspaceId, memberId, by, at, change: { role, seesReports } }) =>
    database.transaction(workspaceId, async (tx) => {
      const place = { workspaceId, memberId }
      const before = await belowOwner(tx, place, by)
      if (before === undefined) return undefined
      const after = { ...before, role: role ?? before.role, seesReports: seesReports ?? before.seesReports }
      const facts = changedFacts(before, after)
      if (Object.keys(facts).length === 0) return before
      await memberRow(tx, place)
        .set({ role: after.role, sees_reports: after.seesReports ? 1 : 0 })
        .execute()
      if (after.role !== before.role) await endInvites(tx, { ...place, at })
      const told = { member: before.name, ...facts }
      await appendAudit(tx, { workspaceId, kind: 'member-changed', memberId: by, facts: told })
      return after
    })

/** Ends a membership: the member's browsers, pending codes and caps end with it. What they spent stays counted. */
export const removeMember =
  (database: Database, appendAudit: AppendAudit): MemberStore['remove'] =>
  ({ workspaceId, memberId, by, at }) =>
    database.transaction(workspaceId, async (tx) => {
      const place = { workspaceId, memberId }
      const member = await belowOwner(tx, place)
      if (member === undefined) return false
      await memberRow(tx, place).set({ removed_at: at }).execute()
      await tx
        .updateTable('devices')
        .set({ removed_at: at })
        .where('workspace_id', '=', workspaceId)
        .where('member_id', '=', memberId)
        .where('removed_at', 'is', null)
        .execute()
      await endCodesMadeBy(tx, place)
      const kind = memberId === by ? 'member-left' : 'member-removed'
      const facts = { member: member.name, role: member.role }
      await appendAudit(tx, { workspaceId, kind, memberId: by, facts })
      await takeAwayAllOf(tx, { workspaceId, by, at, appendAudit }, { scope: 'member', id: memberId })
      return true
    })

/** Makes one member the owner and the owner an admin: both or neither, so that there is always exactly one. */
export const handOver =
  (database: Database, appendAudit: AppendAudit): MemberStore['handOver'] =>
  ({ workspaceId, memberId, by, usedSince }) =>
    database.transaction(workspaceId, async (tx) => {
      const [heir, former] = [
        { workspaceId, memberId },
        { workspaceId, memberId: by },
      ]
      const member = await belowOwner(tx, heir)
      const able = member !== undefined && (await canSpeak(tx, heir, usedSince))
      if (!able) return false
      const stepped = await memberRow(tx, former)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .set({ role: 'admin' })
        .executeTakeFirst()
      if (stepped.numUpdatedRows === 0n) return false
      await memberRow(tx, heir).set({ role: 'owner' }).execute()
      await endRecovery(tx, former)
      const facts = { member: member.name, before: member.role }
      await appendAudit(tx, { workspaceId, kind: 'ownership-handed-over', memberId: by, facts })
      return true
    })
