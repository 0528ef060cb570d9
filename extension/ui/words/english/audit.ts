import type { AuditKind } from '../../../../shared/audit.ts'
import type { FailureReason } from '../../../../shared/providers.ts'

/** What happened, as a sentence without its subject: the member's name stands beside it. */
export const auditKinds = {
  'workspace-created': 'created the workspace',
  'setup-code-made': 'made a setup code',
  'pairing-code-made': 'made a pairing code',
  'pairing-refused': 'had a pairing code refused',
  'device-paired': 'paired a browser',
  'device-removed': 'removed a browser',
  'signed-in': 'signed in',
  'key-connected': 'connected a key',
  'key-replaced': 'replaced a key',
  'key-disconnected': 'disconnected a key',
  'key-refused': 'tried to store a key that was refused',
  'key-rejected': 'refused a key that was connected',
  'key-changed': 'changed a key’s settings',
  'cap-changed': 'changed the cap',
  'owner-recovered': 'recovered the owner from the terminal',
  'member-changed': 'changed what a member may do',
  'member-removed': 'removed a member',
  'member-left': 'left the workspace',
  'ownership-handed-over': 'handed over ownership',
  'invite-withdrawn': 'withdrew an invitation',
  'device-approved': 'approved a browser after the restore',
  'workspace-changed': 'changed a setting of the workspace',
  'workspace-deletion-asked': 'asked for the workspace to be deleted',
  'workspace-deletion-withdrawn': 'kept the workspace after all',
  'channel-made': 'made a channel',
  'channel-changed': 'changed a channel',
  'channel-removed': 'removed a channel',
  'vault-sealed': 'sealed the vault',
  'vault-unsealed': 'unsealed the vault',
  'vault-restored': 'restored the vault from a backup',
  'master-key-rotated': 'changed the master key',
  'receipts-pruned': 'forgot receipts that were past their time',
  'chain-exported': 'exported a log',
} as const satisfies Record<AuditKind, string>

/** Names of the facts that stand beside an entry. */
export const auditFacts = {
  device: 'Browser',
  code: 'Code',
  kind: 'For',
  role: 'Role',
  reason: 'Why',
  provider: 'Provider',
  label: 'Label',
  model: 'Model',
  version: 'Version',
  before: 'Before',
  after: 'After',
  limit: 'Cap',
  name: 'Name',
  workspace: 'Workspace',
  timeZone: 'Time zone',
  member: 'Member',
  primary: 'Answers first',
  flaw: 'Flaw',
} as const

/** What a pairing code was made for. */
export const codeKinds = {
  setup: 'first browser of the vault',
  device: 'another browser of the same member',
  invite: 'a new member',
  recover: 'recovery of the owner',
} as const

/** Why a provider refused, in two or three words. */
export const reasons = {
  'key-invalid': 'key not accepted',
  'no-credit': 'no credit left',
  'spend-limit': 'spend limit reached',
  'on-hold': 'organization on hold',
  'not-permitted': 'not permitted',
  'region-refused': 'region not served',
  'model-missing': 'model not offered',
  'rate-limited': 'rate limit',
  overloaded: 'provider overloaded',
  'server-error': 'provider error',
  network: 'provider not reached',
  timeout: 'no answer in time',
  stalled: 'answer stopped',
  'ended-early': 'answer ended early',
  garbage: 'answer unreadable',
  'too-long': 'conversation too long',
  'too-large': 'conversation too large',
  'request-refused': 'request refused',
  'refused-by-model': 'declined by the model',
  'vault-stopped': 'vault stopped',
} as const satisfies Record<FailureReason, string>
