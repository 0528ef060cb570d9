import { z } from 'zod'
import { Id, Label, Moment } from './ids.ts'

/** Most and fewest days that receipts may be kept for. Shorter than a month and a half would take the last invoice's receipts away. */
export const RetentionDays = z.int().min(45).max(3_650)

/** Answer of `GET /v1/workspace`, for owners and admins. `retentionDays` null: receipts are kept for good. `deleteAt`: when it will be gone, unless the owner changes their mind. */
export const Workspace = z.object({
  id: Id,
  name: Label,
  timeZone: z.string().min(1).max(64),
  retentionDays: RetentionDays.nullable(),
  aiOn: z.boolean(),
  createdAt: Moment,
  deleteAt: Moment.nullable(),
})
export type Workspace = z.infer<typeof Workspace>

/** Body of `PATCH /v1/workspace`; what is absent stays. A new time zone begins with the next month. */
export const WorkspaceChange = z.strictObject({
  name: Label.optional(),
  timeZone: z.string().min(1).max(64).optional(),
  retentionDays: RetentionDays.nullable().optional(),
  aiOn: z.boolean().optional(),
})
export type WorkspaceChange = z.infer<typeof WorkspaceChange>

/** Body of `POST /v1/workspace/deletion`, for the owner: the workspace's name as the person typed it. `DELETE` of the same path takes it back. */
export const WorkspaceDeletion = z.strictObject({ name: Label })
export type WorkspaceDeletion = z.infer<typeof WorkspaceDeletion>

/** Body of `POST /v1/owner`: the owner hands over and becomes an admin. */
export const OwnershipTransfer = z.strictObject({ memberId: Id })
export type OwnershipTransfer = z.infer<typeof OwnershipTransfer>
