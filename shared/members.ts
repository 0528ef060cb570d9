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
})
export type Device = z.infer<typeof Device>

/** Answer of `GET /v1/devices`. */
export const DeviceList = z.object({ devices: z.array(Device) })
