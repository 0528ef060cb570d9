import { z } from 'zod'
import { Role } from '../../../shared/members.ts'
import { Paired } from '../../../shared/pairing.ts'
import type { Admission } from '../../domain/identity/pairing.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Flag } from '../columns.ts'
import type { Executor } from '../database.ts'
import { endCodesMadeBy } from './pending-codes.ts'

const hasMembers = async (tx: Executor, workspaceId: string): Promise<boolean> =>
  (await tx
    .selectFrom('members')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst()) !== undefined

const isUnused = async (tx: Executor, { code }: Admission): Promise<boolean> =>
  (await tx
    .selectFrom('pairing_codes')
    .select('id')
    .where('workspace_id', '=', code.workspaceId)
    .where('id', '=', code.id)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()) !== undefined

const spend = async (tx: Executor, { code, at }: Admission): Promise<void> => {
  await tx
    .updateTable('pairing_codes')
    .set({ used_at: at })
    .where('workspace_id', '=', code.workspaceId)
    .where('id', '=', code.id)
    .execute()
}

const nameWorkspace = async (tx: Executor, { code, workspaceName, timeZone }: Admission): Promise<void> => {
  const named = {
    ...(workspaceName === undefined ? {} : { name: workspaceName }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
  }
  if (Object.keys(named).length === 0) return
  await tx.updateTable('workspaces').set(named).where('id', '=', code.workspaceId).execute()
}

const insertMember = async (
  tx: Executor,
  { code, memberId, newMemberName, at }: Admission,
): Promise<void> => {
  if (newMemberName === undefined) return
  await tx
    .insertInto('members')
    .values({
      workspace_id: code.workspaceId,
      id: memberId,
      name: newMemberName,
      role: code.role,
      sees_reports: 0,
      created_at: at,
      removed_at: null,
    })
    .execute()
}

/** A recovered owner starts with nothing but the new browser: whoever holds an old one has neither it nor a code that it made. */
const clearOwner = async (tx: Executor, { code, memberId, device, at }: Admission): Promise<void> => {
  if (code.kind !== 'recover') return
  await tx
    .updateTable('devices')
    .set({ removed_at: at })
    .where('workspace_id', '=', code.workspaceId)
    .where('member_id', '=', memberId)
    .where('id', '!=', device.id)
    .where('removed_at', 'is', null)
    .execute()
  await endCodesMadeBy(tx, { workspaceId: code.workspaceId, memberId })
}

/** False when the device key is known in any workspace, also to one that is pairing it at this moment. */
const insertDevice = async (tx: Executor, { code, memberId, device, at }: Admission): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('devices')
    .values({
      workspace_id: code.workspaceId,
      id: device.id,
      member_id: memberId,
      jkt: device.jkt,
      origin: device.origin,
      name: device.name,
      created_at: at,
      last_used_at: at,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.column('jkt').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

const WorkspaceRow = z.object({ name: z.string() })
const MemberRow = z.object({ name: z.string(), role: Role, sees_reports: Flag })

const pairedAs = async (tx: Executor, { code, memberId, device }: Admission): Promise<Paired> => {
  const { workspaceId } = code
  const workspace = await tx
    .selectFrom('workspaces')
    .select('name')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  const member = await tx
    .selectFrom('members')
    .select(['name', 'role', 'sees_reports'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow()
  const { name, role, sees_reports } = MemberRow.parse(member)
  return Paired.parse({
    deviceId: device.id,
    workspace: { id: workspaceId, name: WorkspaceRow.parse(workspace).name },
    member: { id: memberId, name, role, seesReports: sees_reports },
  })
}

/** Makes a code into a member or a device, in the caller's transaction: all of it, or nothing and undefined. */
export const admit = async (
  tx: Executor,
  appendAudit: AppendAudit,
  admission: Admission,
): Promise<Paired | undefined> => {
  const { code } = admission
  if (code.kind === 'setup' && (await hasMembers(tx, code.workspaceId))) return undefined
  if (!(await isUnused(tx, admission))) return undefined
  if (!(await insertDevice(tx, admission))) return undefined
  await spend(tx, admission)
  await nameWorkspace(tx, admission)
  await insertMember(tx, admission)
  await clearOwner(tx, admission)
  for (const record of admission.records) await appendAudit(tx, record)
  return pairedAs(tx, admission)
}
