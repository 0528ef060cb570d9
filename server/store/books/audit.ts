import { z } from 'zod'
import { type AuditEntry, AuditKind } from '../../../shared/audit.ts'
import type { Audit, AuditRecord } from '../../domain/books/audit.ts'
import type { Link } from '../../domain/books/events.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Database, Executor } from '../database.ts'
import { namesOf } from '../names.ts'
import { eventAppender, newestEvents, type StoredEvent } from './events.ts'

/** Appends to the audit chain inside the caller's transaction, so that a deed and its record are written together or not at all. */
export type AppendAudit = (tx: Executor, record: AuditRecord) => Promise<void>

type AuditParts = { readonly now: () => number; readonly link: Link }

/** Makes the function that other stores use inside their own transactions. */
export const auditAppender = ({ now, link }: AuditParts): AppendAudit => {
  const append = eventAppender(link)
  return async (tx, { workspaceId, kind, memberId, facts }) => {
    await append(tx, { workspaceId, log: 'audit', kind, at: now(), facts: { ...facts, memberId } })
  }
}

const Bytes = z.object({
  kind: AuditKind,
  at: z.int(),
  facts: z
    .object({ memberId: z.string().nullable() })
    .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

const entryOf = ({ seq, bytes }: StoredEvent, names: ReadonlyMap<string, string>): AuditEntry => {
  const { kind, at, facts } = Bytes.parse(JSON.parse(bytes))
  const { memberId, ...rest } = facts
  return { seq, at, kind, memberId, memberName: names.get(memberId ?? '') ?? null, facts: rest }
}

const SeqCursor = z.string().regex(/^\d{1,15}$/)

const beforeOf = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined
  const parsed = SeqCursor.safeParse(cursor)
  if (parsed.success) return Number(parsed.data)
  throw new Refusal('malformed-request', { issues: [{ path: 'cursor', rule: 'a cursor of this list' }] })
}

/** A member's id as it stands among the facts: canonical bytes have one form, and quotes within a name are escaped. */
const factOf = (memberId: string): string => `"memberId":"${memberId}"`

/** The audit log of every workspace, over its chain. */
export const sqlAudit = (database: Database, parts: AuditParts): Audit => {
  const append = auditAppender(parts)
  return {
    append: (record) => database.transaction(record.workspaceId, (tx) => append(tx, record)),
    list: async (workspaceId, { cursor, limit, memberId, ...filter }) => {
      const containing = memberId && factOf(memberId)
      const page = { workspaceId, before: beforeOf(cursor), limit: limit + 1, containing, ...filter }
      const found = await newestEvents(database.db, { log: 'audit', ...page })
      const names = await namesOf(database.db, 'members', workspaceId)
      const entries = found.slice(0, limit).map((event) => entryOf(event, names))
      const next = found.length > limit ? String(entries.at(-1)?.seq) : null
      return { entries, next }
    },
  }
}
