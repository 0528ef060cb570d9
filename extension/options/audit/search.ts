import { z } from 'zod'
import { AuditKind } from '../../../shared/audit.ts'
import type { AuditSearch } from '../../vault/audit.ts'
import { betweenDays } from '../receipts/search.ts'

/** The filters as they stand in the address. An unreadable one counts as none. `from` and `to` are days, both included. */
const AuditFilters = z.object({
  kind: AuditKind.optional().catch(undefined),
  memberId: z.uuid().optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
})
export type AuditFilters = z.infer<typeof AuditFilters>
export type AuditFilterName = keyof AuditFilters

export const readAuditFilters = (query: URLSearchParams): AuditFilters =>
  AuditFilters.parse(Object.fromEntries(query))

export const narrowsAudit = (filters: AuditFilters): boolean =>
  Object.values(filters).some((value) => value !== undefined)

/** What is asked of the vault: days become moments of the workspace's time zone. */
export const auditSearchOf = (filters: AuditFilters, timeZone: string): AuditSearch => {
  const { kind, memberId } = filters
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(memberId === undefined ? {} : { memberId }),
    ...betweenDays(filters, timeZone),
  }
}
