import type { AuditKind, AuditPage, AuditQuery } from '../../../shared/audit.ts'
import type { EventFacts } from './events.ts'

/** Something to write down. `memberId` is null for the operator and for strangers. Never a secret in `facts`. */
export type AuditRecord = {
  readonly workspaceId: string
  readonly kind: AuditKind
  readonly memberId: string | null
  readonly facts: EventFacts
}

/** The workspace's audit chain, append-only. */
export type Audit = {
  append(record: AuditRecord): Promise<void>
  /** Newest first, by an opaque cursor. */
  list(workspaceId: string, query: AuditQuery): Promise<AuditPage>
}
