import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import { AttemptOutcome, Purpose, ReceiptQuery } from '../../../shared/receipts.ts'
import type { ReceiptSearch } from '../../vault/receipts.ts'
import { dayStart } from './day-start.ts'

/** The filters as they stand in the address. An unreadable one counts as none. `from` and `to` are days, both included. */
export const Filters = z.object({
  search: z.string().trim().min(1).max(80).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  memberId: z.uuid().optional().catch(undefined),
  channelId: z.uuid().optional().catch(undefined),
  provider: ProviderName.optional().catch(undefined),
  model: z.string().min(1).max(120).optional().catch(undefined),
  purpose: Purpose.optional().catch(undefined),
  outcome: AttemptOutcome.optional().catch(undefined),
  flawed: ReceiptQuery.shape.flawed.catch(undefined),
  fellBack: ReceiptQuery.shape.fellBack.catch(undefined),
  urgent: ReceiptQuery.shape.urgent.catch(undefined),
  told: ReceiptQuery.shape.told.catch(undefined),
})
export type Filters = z.infer<typeof Filters>
export type FilterName = keyof Filters

export const readFilters = (query: URLSearchParams): Filters => Filters.parse(Object.fromEntries(query))

export const isFiltered = (filters: Filters): boolean =>
  Object.values(filters).some((value) => value !== undefined)

/** The address's query with one filter changed; an empty value takes it away. */
export const withFilter = (query: URLSearchParams, name: string, value: string): URLSearchParams => {
  const changed = new URLSearchParams(query)
  changed.set(name, value)
  return changed
}

/** The calendar day after a day. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Days become moments of the workspace's time zone: `from` included, `to` the first moment after them. */
export const betweenDays = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  timeZone: string,
): { readonly from?: number; readonly to?: number } => ({
  ...(from === undefined ? {} : { from: dayStart(from, timeZone) }),
  ...(to === undefined ? {} : { to: dayStart(nextDay(to), timeZone) }),
})

/** What is asked of the vault, or of this browser's copy. */
export const searchOf = (filters: Filters, timeZone: string): ReceiptSearch => {
  const { from: _from, to: _to, ...rest } = filters
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...betweenDays(filters, timeZone),
  }
}
