import type { Device, Role } from '../../../shared/members.ts'
import type { AuditRecord } from '../books/audit.ts'
import { Refusal } from '../refusal.ts'
import { type Caller, isAdmin, requireAdmin } from './caller.ts'
import { rolesUpTo } from './members.ts'

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
  /** Waits for approval after a restore. */
  readonly suspended: boolean
}

type DevicePlace = { readonly workspaceId: string; readonly deviceId: string }

/** Something that `by` does to a living device: one's own if `onlyOf` says so, always of a member of one of these roles. */
export type DeviceDeed = DevicePlace & {
  readonly by: string
  readonly onlyOf: string | undefined
  readonly roles: readonly Role[]
}

/** Where devices are written down. Removed ones stay, so that they are told what happened. */
export type DeviceStore = {
  /** Device, member and workspace in one query. */
  find(place: DevicePlace): Promise<KnownDevice | undefined>
  findByKey(jkt: string): Promise<KnownDevice | undefined>
  /** Moves `lastUsedAt` from `seen` to `at` and writes `record` down, together; does nothing when somebody else moved it. */
  touch(place: DevicePlace & { seen: number; at: number }, record: AuditRecord | undefined): Promise<void>
  /** Living devices used since `usedSince` (ms), oldest first; of everybody without `onlyOf`. */
  list(of: {
    readonly workspaceId: string
    readonly onlyOf: string | undefined
    readonly usedSince: number
  }): Promise<readonly Omit<Device, 'current'>[]>
  /** Removes a device and writes it down; false when there is none that the deed may be done to. */
  remove(deed: DeviceDeed & { readonly at: number }): Promise<boolean>
  /** Lets a suspended device speak again and writes it down; nothing to do is done too. False when there is none that the deed may be done to. */
  approve(deed: DeviceDeed): Promise<boolean>
}

/** Whether the device may still speak at `now` (ms): not removed, and used within the last 30 days. */
export const isAlive = ({ removed, lastUsedAt }: KnownDevice, now: number): boolean =>
  !removed && lastUsedAt >= aliveSince(now)

/** The moment (ms) since which a device that is alive at `now` was used. */
export const aliveSince = (now: number): number => now - IDLE_MS

/** The device, if it may speak from this origin. An absent origin passes on its proof; a present one must be the pinned one. */
export const welcome = (
  device: KnownDevice | undefined,
  origin: string | undefined,
  now: number,
): KnownDevice => {
  if (device === undefined) throw new Refusal('device-unknown', {})
  if (!isAlive(device, now)) throw new Refusal('device-removed', {})
  if (origin !== undefined && origin !== device.origin) throw new Refusal('origin-refused', {})
  if (device.suspended) throw new Refusal('device-suspended', {})
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
  readonly devices: Pick<DeviceStore, 'list' | 'remove' | 'approve'>
  readonly now: () => number
}

const ownUnlessAdmin = (caller: Caller): string | undefined => (isAdmin(caller) ? undefined : caller.memberId)

/** What the caller may do something to: for owners and admins a device of anybody whose role is at most their own, otherwise one's own. */
const deedOf = (caller: Caller, deviceId: string): DeviceDeed => ({
  workspaceId: caller.workspaceId,
  deviceId,
  by: caller.memberId,
  onlyOf: ownUnlessAdmin(caller),
  roles: rolesUpTo(caller.role),
})

/** One's own devices; everybody's for owners and admins. */
export const listDevices =
  ({ devices, now }: DeviceParts) =>
  async (caller: Caller): Promise<Device[]> => {
    const { workspaceId } = caller
    const found = await devices.list({
      workspaceId,
      onlyOf: ownUnlessAdmin(caller),
      usedSince: aliveSince(now()),
    })
    return found.map((device) => ({ ...device, current: device.id === caller.deviceId }))
  }

/**
 * Removes one's own device; for owners and admins anybody's whose role is at most their own, so that no admin locks the owner out. Whatever
 * else is `not-found`.
 */
export const removeDevice =
  ({ devices, now }: DeviceParts) =>
  async (caller: Caller, deviceId: string): Promise<void> => {
    const removed = await devices.remove({ ...deedOf(caller, deviceId), at: now() })
    if (!removed) throw new Refusal('not-found', {})
  }

/** Lets a browser speak again that was suspended by a restore, for owners and admins, whose member's role is at most their own. */
export const approveDevice =
  ({ devices }: Pick<DeviceParts, 'devices'>) =>
  async (caller: Caller, deviceId: string): Promise<void> => {
    requireAdmin(caller)
    if (!(await devices.approve(deedOf(caller, deviceId)))) throw new Refusal('not-found', {})
  }
