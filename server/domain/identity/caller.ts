import type { Role } from '../../../shared/members.ts'
import { Refusal } from '../refusal.ts'
import { type DeviceStore, isAlive, touch, welcome } from './devices.ts'
import { type Credentials, type ProofParts, provenBy, spendProof } from './proof.ts'
import type { SessionTokens } from './tokens.ts'

/** Who asks: a living device of a living member, with the role that the database has now. */
export type Caller = {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly timeZone: string
  readonly aiOn: boolean
  /** The workspace ends: its owner asked for it. */
  readonly ending: boolean
  readonly deviceId: string
  readonly memberId: string
  readonly memberName: string
  readonly role: Role
  readonly seesReports: boolean
  readonly jkt: string
}

type CallerParts = ProofParts & {
  readonly tokens: Pick<SessionTokens, 'verify'>
  readonly devices: Pick<DeviceStore, 'find' | 'touch'>
}

const tokenOf = (authorization: string | undefined): string | undefined =>
  /^DPoP ([\w.-]{1,4000})$/i.exec(authorization ?? '')?.[1]

/** Finds who asks, by token and proof, or refuses: `session-ended`, `proof-refused`, `device-unknown`, `device-removed`, `origin-refused`, `device-suspended`. */
export const callerOf =
  (parts: CallerParts) =>
  async (credentials: Credentials): Promise<Caller> => {
    const token = tokenOf(credentials.authorization)
    const session = token === undefined ? undefined : await parts.tokens.verify(token)
    if (token === undefined || session === undefined) throw new Refusal('session-ended', {})
    await spendProof(parts, await provenBy(parts, credentials, { token, jkt: session.jkt }))
    const device = welcome(await parts.devices.find(session), credentials.origin, parts.now())
    await touch(parts, device)
    return device.caller
  }

/** Whether a long stream may go on: neither the device nor its member was removed meanwhile, and the device is not suspended. */
export const stillWelcome =
  ({ devices, now }: Pick<CallerParts, 'devices' | 'now'>) =>
  async (caller: Caller): Promise<boolean> => {
    const device = await devices.find(caller)
    return device !== undefined && isAlive(device, now()) && !device.suspended
  }

/** Owners can do whatever admins can. */
export const isAdmin = ({ role }: Pick<Caller, 'role'>): boolean => role === 'owner' || role === 'admin'

/** For what only owners and admins may see or do; to everybody else it does not exist. */
export const requireAdmin = (caller: Pick<Caller, 'role'>): void => {
  if (!isAdmin(caller)) throw new Refusal('not-found', {})
}

/** For what only the owner may see or do; to everybody else it does not exist. */
export const requireOwner = ({ role }: Pick<Caller, 'role'>): void => {
  if (role !== 'owner') throw new Refusal('not-found', {})
}

/** Every member but a light agent drafts, and sees amounts. */
export const isDrafter = ({ role }: Pick<Caller, 'role'>): boolean => role !== 'light-agent'

/** For what only members who draft may see or do; to everybody else it does not exist. */
export const requireDrafter = (caller: Pick<Caller, 'role'>): void => {
  if (!isDrafter(caller)) throw new Refusal('not-found', {})
}

/** Whose receipts this member may read: undefined means everybody's, otherwise the member's own. Light agents without the reports flag have none. */
export const whoseReceipts = (
  caller: Pick<Caller, 'role' | 'seesReports' | 'memberId'>,
): string | undefined => {
  if (isAdmin(caller) || caller.seesReports) return undefined
  requireDrafter(caller)
  return caller.memberId
}
