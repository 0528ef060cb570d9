import { z } from 'zod'
import type { DeviceDeed, DeviceStore } from '../../domain/identity/devices.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { endCodesMadeBy } from './pending-codes.ts'

const Reached = z.object({
  name: z.string(),
  member_id: z.string(),
  member_name: z.string(),
  suspended_at: Count.nullable(),
})

/** The device, where the deed may be done to it: one query, whoever asks and whether it is there or not. */
const reached = async (tx: Executor, { workspaceId, deviceId, onlyOf, roles }: DeviceDeed) => {
  const row = await tx
    .selectFrom('devices as d')
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'd.workspace_id').onRef('m.id', '=', 'd.member_id'),
    )
    .select(['d.name', 'd.member_id', 'm.name as member_name', 'd.suspended_at'])
    .where('d.workspace_id', '=', workspaceId)
    .where('d.id', '=', deviceId)
    .where('d.removed_at', 'is', null)
    .where('m.role', 'in', roles)
    .$if(onlyOf !== undefined, (query) => query.where('d.member_id', '=', onlyOf ?? ''))
    .executeTakeFirst()
  return row && Reached.parse(row)
}

const deviceRow = (tx: Executor, { workspaceId, deviceId }: DeviceDeed) =>
  tx.updateTable('devices').where('workspace_id', '=', workspaceId).where('id', '=', deviceId)

/** Removes a device, and the pending codes of its member, which it may have made. */
export const removeDevice =
  (database: Database, appendAudit: AppendAudit): DeviceStore['remove'] =>
  ({ at, ...deed }) =>
    database.transaction(deed.workspaceId, async (tx) => {
      const { workspaceId, by } = deed
      const device = await reached(tx, deed)
      if (device === undefined) return false
      await deviceRow(tx, deed).set({ removed_at: at }).execute()
      await endCodesMadeBy(tx, { workspaceId, memberId: device.member_id })
      const facts = { device: device.name, member: device.member_name }
      await appendAudit(tx, { workspaceId, kind: 'device-removed', memberId: by, facts })
      return true
    })

/** Ends the suspension of a device. */
export const approveDevice =
  (database: Database, appendAudit: AppendAudit): DeviceStore['approve'] =>
  (deed) =>
    database.transaction(deed.workspaceId, async (tx) => {
      const { workspaceId, by } = deed
      const device = await reached(tx, deed)
      if (device === undefined) return false
      if (device.suspended_at === null) return true
      await deviceRow(tx, deed).set({ suspended_at: null }).execute()
      const facts = { device: device.name, member: device.member_name }
      await appendAudit(tx, { workspaceId, kind: 'device-approved', memberId: by, facts })
      return true
    })

/** Whether a member has a browser that is neither removed nor suspended and was used since `usedSince` (ms). */
export const canSpeak = async (
  tx: Executor,
  { workspaceId, memberId }: { readonly workspaceId: string; readonly memberId: string },
  usedSince: number,
): Promise<boolean> =>
  (await tx
    .selectFrom('devices')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('removed_at', 'is', null)
    .where('suspended_at', 'is', null)
    .where('last_used_at', '>=', usedSince)
    .limit(1)
    .executeTakeFirst()) !== undefined
