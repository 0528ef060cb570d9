import { z } from 'zod'
import { Role } from '../../../shared/members.ts'
import type { MemberStore, Standing } from '../../domain/identity/members.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'

const Row = z
  .object({ id: z.string(), role: Role, removed_at: Count.nullable() })
  .transform(({ id, role, removed_at }): Standing => ({ id, role, removed: removed_at !== null }))

/** Members and their roles, as they are now. */
export const sqlMembers = ({ db }: Database): MemberStore => {
  const of = (workspaceId: string) =>
    db.selectFrom('members').select(['id', 'role', 'removed_at']).where('workspace_id', '=', workspaceId)
  return {
    find: async (workspaceId, memberId) => {
      const row = await of(workspaceId).where('id', '=', memberId).executeTakeFirst()
      return row && Row.parse(row)
    },
    owner: async (workspaceId) => {
      const row = await of(workspaceId)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      return row && Row.parse(row)
    },
    any: async (workspaceId) => (await of(workspaceId).limit(1).executeTakeFirst()) !== undefined,
  }
}
