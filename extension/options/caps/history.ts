import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../shared/audit.ts'
import { CapScope, PeriodKind } from '../../../shared/cap.ts'
import { type Picodollars, Usd } from '../../../shared/money.ts'
import type { NamedCap } from '../../ui/cap-names.ts'
import { type Reading, tellable } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'

const PAGE = 10

/** One change of a cap. An amount is undefined where the entry does not tell it. */
export type CapChanged = {
  readonly entry: AuditEntry
  /** Which cap it was: the workspace's month where the entry names no other. */
  readonly place: NamedCap
  readonly before: Picodollars | undefined
  readonly after: Picodollars | undefined
}

/** The changes as far as they are read, newest first. `more` is undefined when these are all. */
type History = {
  readonly changes: readonly CapChanged[]
  readonly more: { readonly load: () => void; readonly busy: boolean } | undefined
}

const nameIn = ({ facts }: AuditEntry): string | null => {
  const name = facts.name ?? facts.scopeId
  return typeof name === 'string' ? name : null
}

const changeIn = (entry: AuditEntry): CapChanged => ({
  entry,
  place: {
    scope: CapScope.safeParse(entry.facts.scope).data ?? 'workspace',
    name: nameIn(entry),
    kind: PeriodKind.safeParse(entry.facts.period).data ?? 'month',
  },
  before: Usd.safeParse(entry.facts.before).data,
  after: Usd.safeParse(entry.facts.after).data,
})

/** Reads the changes of the cap from the audit log, page by page. */
export const useCapHistory = (): Reading<History> => {
  const { vault } = useParts()
  const query = useInfiniteQuery({
    queryKey: ['audit', 'cap-changed'],
    queryFn: ({ pageParam: cursor }) =>
      vault.audit({ kind: 'cap-changed', limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (query.error !== null)
    return { state: 'failed', problem: tellable(query.error), retry: () => void query.refetch() }
  if (query.data === undefined) return { state: 'loading' }
  const more = { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
  return {
    state: 'ready',
    value: {
      changes: query.data.pages.flatMap(({ entries }) => entries.map(changeIn)),
      more: query.hasNextPage ? more : undefined,
    },
  }
}
