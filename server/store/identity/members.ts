import { z } from 'zod'
import { Role, type TeamMember } from '../../../shared/members.ts'
import type { MemberStore, Standing } from '../../domain/identity/members.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count, Flag } from '../columns.ts'
import type { Database } from '../database.ts'
import { changeMember, handOver, removeMember } from './member-changes.ts'

const StandingRow = z
  .object({ id: z.string(), role: Role, removed_at: Count.nullable() })
  .transform(({ id, role, removed_at }): Standing => ({ id, role, removed: removed_at !== null }))

const TeamRow = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    sees_reports: Flag,
    created_at: Count,
    devices: Count,
    last_used_at: Count.nullable(),
  })
  .transform(
    ({ id, name, role, sees_reports, created_at, devices, last_used_at }): TeamMember => ({
      id,
      name,
      role,
      seesReports: sees_reports,
      joinedAt: created_at,
      devices,
      lastUsedAt: last_used_at,
    }),
  )

const team = async ({ db }: Database, workspaceId: string, usedSince: number): Promise<TeamMember[]> => {
  const rows = await db
    .selectFrom('members as m')
    .leftJoin('devices as d', (join) =>
      join
        .onRef('d.workspace_id', '=', 'm.workspace_id')
        .onRef('d.member_id', '=', 'm.id')
        .on('d.removed_at', 'is', null)
        .on('d.last_used_at', '>=', usedSince),
    )
    .select(({ fn }) => [
      'm.id',
      'm.name',
      'm.role',
      'm.sees_reports',
      'm.created_at',
      fn.count('d.id').as('devices'),
      fn.max('d.last_used_at').as('last_used_at'),
    ])
    .where('m.workspace_id', '=', workspaceId)
    .where('m.removed_at', 'is', null)
    .groupBy(['m.id', 'm.name', 'm.role', 'm.sees_reports', 'm.created_at'])
    .execute()
  return rows.map((row) => TeamRow.parse(row))
}

/** Members and their roles, as they are now. Removed ones stay in the table, so that receipts and records keep their names. */
export const sqlMembers = (database: Database, appendAudit: AppendAudit): MemberStore => {
  const of = (workspaceId: string) =>
    database.db
      .selectFrom('members')
      .select(['id', 'role', 'removed_at'])
      .where('workspace_id', '=', workspaceId)
  return {
    find: async (workspaceId, memberId) => {
      const row = await of(workspaceId).where('id', '=', memberId).executeTakeFirst()
      return row && StandingRow.parse(row)
    },
    owner: async (workspaceId) => {
      const row = await of(workspaceId)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      return row && StandingRow.parse(row)
    },
    any: async (workspaceId) => (await of(workspaceId).limit(1).executeTakeFirst()) !== undefined,
    team: (workspaceId, usedSince) => team(database, workspaceId, usedSince),
    change: changeMember(database, appendAudit),
    remove: removeMember(database, appendAudit),
    handOver: handOver(database, appendAudit),
  }
}
