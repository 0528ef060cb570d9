import { z } from 'zod'
import { Role } from '../../../shared/members.ts'
import type { DeviceStore, KnownDevice } from '../../domain/identity/devices.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count, Flag } from '../columns.ts'
import type { Database } from '../database.ts'
import { approveDevice, removeDevice } from './device-changes.ts'

const Row = z
  .object({
    workspace_id: z.string(),
    workspace_name: z.string(),
    time_zone: z.string(),
    ai_on: Flag,
    delete_at: Count.nullable(),
    device_id: z.string(),
    device_name: z.string(),
    jkt: z.string(),
    origin: z.string().nullable(),
    last_used_at: Count,
    device_removed_at: Count.nullable(),
    suspended_at: Count.nullable(),
    member_id: z.string(),
    member_name: z.string(),
    role: Role,
    sees_reports: Flag,
    member_removed_at: Count.nullable(),
  })
  .transform(
    (row): KnownDevice => ({
      caller: {
        workspaceId: row.workspace_id,
        workspaceName: row.workspace_name,
        timeZone: row.time_zone,
        aiOn: row.ai_on,
        ending: row.delete_at !== null,
        deviceId: row.device_id,
        memberId: row.member_id,
        memberName: row.member_name,
        role: row.role,
        seesReports: row.sees_reports,
        jkt: row.jkt,
      },
      name: row.device_name,
      origin: row.origin,
      lastUsedAt: row.last_used_at,
      removed: row.device_removed_at !== null || row.member_removed_at !== null,
      suspended: row.suspended_at !== null,
    }),
  )

const Listed = z
  .object({
    id: z.string(),
    name: z.string(),
    member_id: z.string(),
    created_at: Count,
    last_used_at: Count,
    suspended_at: Count.nullable(),
  })
  .transform(({ id, name, member_id, created_at, last_used_at, suspended_at }) => ({
    id,
    name,
    memberId: member_id,
    createdAt: created_at,
    lastUsedAt: last_used_at,
    suspended: suspended_at !== null,
  }))

/** Device, member and workspace in one query. */
const known = ({ db }: Database) =>
  db
    .selectFrom('devices as d')
    .innerJoin('members as m', (join) =>
      join.onRef('m.workspace_id', '=', 'd.workspace_id').onRef('m.id', '=', 'd.member_id'),
    )
    .innerJoin('workspaces as w', 'w.id', 'd.workspace_id')
    .select([
      'd.workspace_id',
      'w.name as workspace_name',
      'w.time_zone',
      'w.ai_on',
      'w.delete_at',
      'd.id as device_id',
      'd.name as device_name',
      'd.jkt',
      'd.origin',
      'd.last_used_at',
      'd.removed_at as device_removed_at',
      'd.suspended_at',
      'm.id as member_id',
      'm.name as member_name',
      'm.role',
      'm.sees_reports',
      'm.removed_at as member_removed_at',
    ])

const touch =
  (database: Database, appendAudit: AppendAudit): DeviceStore['touch'] =>
  ({ workspaceId, deviceId, seen, at }, record) =>
    database.transaction(workspaceId, async (tx) => {
      const moved = await tx
        .updateTable('devices')
        .set({ last_used_at: at })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', deviceId)
        .where('last_used_at', '=', seen)
        .executeTakeFirst()
      if (moved.numUpdatedRows > 0n && record !== undefined) await appendAudit(tx, record)
    })

/** Devices and who they belong to. */
export const sqlDevices = (database: Database, appendAudit: AppendAudit): DeviceStore => ({
  find: async ({ workspaceId, deviceId }) => {
    const row = await known(database)
      .where('d.workspace_id', '=', workspaceId)
      .where('d.id', '=', deviceId)
      .executeTakeFirst()
    return row && Row.parse(row)
  },
  findByKey: async (jkt) => {
    const row = await known(database).where('d.jkt', '=', jkt).executeTakeFirst()
    return row && Row.parse(row)
  },
  touch: touch(database, appendAudit),
  list: async ({ workspaceId, onlyOf, usedSince }) => {
    const rows = await database.db
      .selectFrom('devices')
      .select(['id', 'name', 'member_id', 'created_at', 'last_used_at', 'suspended_at'])
      .where('workspace_id', '=', workspaceId)
      .where('removed_at', 'is', null)
      .where('last_used_at', '>=', usedSince)
      .$if(onlyOf !== undefined, (query) => query.where('member_id', '=', onlyOf ?? ''))
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map((row) => Listed.parse(row))
  },
  remove: removeDevice(database, appendAudit),
  approve: approveDevice(database, appendAudit),
})
