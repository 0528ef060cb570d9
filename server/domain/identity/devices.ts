import type { Device } from '../../../shared/members.ts'
import type { AuditRecord } from '../books/audit.ts'
import { Refusal } from '../refusal.ts'
import { type Caller, isAdmin } from './caller.ts'
import { isAtMost } from './members.ts'

const DAY_MS = 86_400_000
/** A browser that was not used for so long must be paired again. */
const IDLE_MS = 30 * DAY_MS
/** How exact `lastUsedAt` is: at most one write in this time. */
const TOUCH_MS = 60_000

/** A device as it was when it was found, with who its member is. */
export type KnownDevice = {
  readonly caller: Caller
  readonly name: string
  /** The extension's origin at pairing; null when the pairing request had none. */
  readonly origin: string | null
  readonly lastUsedAt: number
  /** The device or its member was removed. */
  readonly removed: boolean
}

type DevicePlace = { readonly workspaceId: string; readonly deviceId: string }

/** Where devices are written down. Removed ones stay, so that they are told what happened. */
export type DeviceStore = {
  /** Device, member and workspace in one query. */
  find(place: DevicePlace): Promise<KnownDevice | undefined>
  findByKey(jkt: string): Promise<KnownDevice | undefined>
  /** Moves `lastUsedAt` from `seen` to `at` and writes `record` down, together; does nothing when somebody else moved it. */
  touch(place: DevicePlace & { seen: number; at: number }, record: AuditRecord | undefined): Promise<void>
  /** Living devices, oldest first; of everybody without `memberId`. */
  list(workspaceId: string, memberId: string | undefined): Promise<readonly Omit<Device, 'current'>[]>
  /** Removes a living device and writes it down; false when there is none, or not of this member. */
  remove(place: DevicePlace & { at: number; by: string; onlyOf: string | undefined }): Promise<boolean>
}

/** Whether the device may still speak at `now` (ms): not removed, and used within the last 30 days. */
export const isAlive = ({ removed, lastUsedAt }: KnownDevice, now: number): boolean =>
  !removed && now - lastUsedAt <= IDLE_MS

/** The device, if it may speak from this origin. An absent origin passes on its proof; a present one must be the pinned one. */
export const welcome = (
  device: KnownDevice | undefined,
  origin: string | undefined,
  now: number,
): KnownDevice => {
  if (device === undefined) throw new Refusal('device-unknown', {})
  if (!isAlive(device, now)) throw new Refusal('device-removed', {})
  if (origin !== undefined && origin !== device.origin) throw new Refusal('origin-refused', {})
  return device
}

const dayNumber = (at: number): number => Math.floor(at / DAY_MS)

/** The first use on a day (UTC) is a sign-in, so that the audit log grows by at most one line per device and day. */
const signIn = ({ caller, name, lastUsedAt }: KnownDevice, now: number): AuditRecord | undefined =>
  dayNumber(lastUsedAt) === dayNumber(now)
    ? undefined
    : {
        workspaceId: caller.workspaceId,
        kind: 'signed-in',
        memberId: caller.memberId,
        facts: { device: name },
      }

type TouchParts = { readonly devices: Pick<DeviceStore, 'touch'>; readonly now: () => number }

/** Writes down that a device was used, at most once a minute. */
export const touch = async ({ devices, now }: TouchParts, device: KnownDevice): Promise<void> => {
  const at = now()
  if (at - device.lastUsedAt < TOUCH_MS) return
  await devices.touch({ ...device.caller, seen: device.lastUsedAt, at }, signIn(device, at))
}

type DeviceParts = {
  readonly devices: Pick<DeviceStore, 'find' | 'list' | 'remove'>
  readonly now: () => number
}

/** One's own devices; everybody's for owners and admins. */
export const listDevices =
  ({ devices }: DeviceParts) =>
  async (caller: Caller): Promise<Device[]> => {
    const found = await devices.list(caller.workspaceId, isAdmin(caller) ? undefined : caller.memberId)
    return found.map((device) => ({ ...device, current: device.id === caller.deviceId }))
  }

/** Whether the device belongs to somebody whose role is above the caller's. */
const isAbove = async ({ devices }: DeviceParts, caller: Caller, deviceId: string): Promise<boolean> => {
  const device = await devices.find({ workspaceId: caller.workspaceId, deviceId })
  return device !== undefined && !isAtMost(device.caller.role, caller.role)
}

/**
 * Removes one's own device; for owners and admins anybody's whose role is at most their own, so that no admin locks the owner out. Whatever
 * else is `not-found`.
 */
export const removeDevice =
  (parts: DeviceParts) =>
  async (caller: Caller, deviceId: string): Promise<void> => {
    const { workspaceId, memberId } = caller
    const onlyOf = isAdmin(caller) ? undefined : memberId
    const place = { workspaceId, deviceId, at: parts.now(), by: memberId, onlyOf }
    const removed = !(await isAbove(parts, caller, deviceId)) && (await parts.devices.remove(place))
    if (!removed) throw new Refusal('not-found', {})
  }
