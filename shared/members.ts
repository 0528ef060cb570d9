import { z } from 'zod'
import { Id, Label, Moment } from './ids.ts'

/** What a member may do; the vault reads it from its database at each request. */
export const Role = z.enum(['owner', 'admin', 'agent', 'light-agent'])
export type Role = z.infer<typeof Role>

export const Member = z.object({
  id: Id,
  name: Label,
  role: Role,
  seesReports: z.boolean(),
})
export type Member = z.infer<typeof Member>

/** A browser that holds a key pair of a member. `current` is the one that asks. */
export const Device = z.object({
  id: Id,
  name: Label,
  memberId: Id,
  createdAt: Moment,
  lastUsedAt: Moment,
  current: z.boolean(),
  /** True after a restore, until an owner or admin approves this browser again: it can do nothing meanwhile. */
  suspended: z.boolean(),
})
export type Device = z.infer<typeof Device>

/** Answer of `GET /v1/devices`. */
export const DeviceList = z.object({ devices: z.array(Device) })

/** A member as the Team page lists them. `lastUsedAt` is null when no browser of theirs is paired. */
export const TeamMember = Member.extend({
  joinedAt: Moment,
  devices: z.int(),
  lastUsedAt: Moment.nullable(),
})
export type TeamMember = z.infer<typeof TeamMember>

/** An invitation that nobody has used yet. `id` is the first group of its code; the rest cannot be shown again. */
export const Invite = z.object({
  id: z.string().max(10),
  role: Role,
  madeBy: Label,
  createdAt: Moment,
  expiresAt: Moment,
})
export type Invite = z.infer<typeof Invite>

/** Answer of `GET /v1/members`, for owners and admins: who belongs here, the owner first, then by name. `DELETE /v1/invites/:id` withdraws an invitation. */
export const Team = z.object({ members: z.array(TeamMember), invites: z.array(Invite) })
export type Team = z.infer<typeof Team>

/** Body of `PATCH /v1/members/:id`, for owners and admins; nobody changes their own role or the owner's. `DELETE` removes a member; of oneself it is leaving. */
export const MemberChange = z.strictObject({
  role: Role.exclude(['owner']).optional(),
  seesReports: z.boolean().optional(),
})
export type MemberChange = z.infer<typeof MemberChange>
