import type { AuditKind } from '../../../../shared/audit.ts'

/** What happened, as a sentence without its subject: the member's name stands beside it. */
export const auditKinds = {
  'workspace-created': 'created the workspace',
  'setup-code-made': 'made a setup code',
  'pairing-code-made': 'made a pairing code',
  'pairing-refused': 'was refused when pairing',
  'device-paired': 'paired a browser',
  'device-removed': 'removed a browser',
  'signed-in': 'signed in',
  'key-connected': 'connected a key',
  'key-replaced': 'replaced a key',
  'key-disconnected': 'disconnected a key',
  'key-refused': 'tried to store a key that was refused',
  'key-rejected': 'had a key refused by its provider',
  'key-changed': 'changed a key’s settings',
  'cap-changed': 'changed the cap',
  'owner-recovered': 'recovered the owner from the terminal',
} as const satisfies Record<AuditKind, string>
