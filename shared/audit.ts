import { z } from 'zod'
import { Cursor, Id, Label, Moment } from './ids.ts'

/** What is written down. The names are a contract: they are never renamed. */
export const AuditKind = z.enum([
  'workspace-created',
  'setup-code-made',
  'pairing-code-made',
  'pairing-refused',
  'device-paired',
  'device-removed',
  'signed-in',
  'key-connected',
  'key-replaced',
  'key-disconnected',
  'key-refused',
  'key-rejected',
  'key-changed',
  'key-rehearsed',
  'key-returned',
  'key-version-destroyed',
  'key-accepted',
  'keys-ordered',
  'routing-changed',
  'cap-changed',
  'cap-raised',
  'reserve-changed',
  'alerts-changed',
  'webhook-connected',
  'webhook-disconnected',
  'price-set',
  'owner-recovered',
  'member-changed',
  'member-removed',
  'member-left',
  'ownership-handed-over',
  'invite-withdrawn',
  'device-approved',
  'workspace-changed',
  'workspace-deletion-asked',
  'workspace-deletion-withdrawn',
  'channel-made',
  'channel-changed',
  'channel-removed',
  'vault-sealed',
  'vault-unsealed',
  'vault-restored',
  'master-key-rotated',
  'receipts-pruned',
  'chain-exported',
  'reporting-key-connected',
  'reporting-key-replaced',
  'reporting-key-disconnected',
  'reporting-key-refused',
  'reporting-key-linked',
  'foreign-use-found',
])
export type AuditKind = z.infer<typeof AuditKind>

/** One entry of the workspace's audit chain. `facts` are names, labels, reasons and amounts; never a secret. */
export const AuditEntry = z.object({
  seq: z.int(),
  at: Moment,
  kind: AuditKind,
  memberId: Id.nullable(),
  memberName: Label.nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Query of `GET /v1/audit`, newest first. */
export const AuditQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  kind: AuditKind.optional(),
  memberId: Id.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** Answer of `GET /v1/audit`. `next` is null on the last page. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: Cursor.nullable() })
export type AuditPage = z.infer<typeof AuditPage>
