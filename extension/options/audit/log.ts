import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../shared/audit.ts'
import { type Reading, tellable } from '../../ui/reading.ts'
import type { AuditSearch } from '../../vault/audit.ts'
import { useParts } from '../parts.tsx'

const PAGE = 100

/** The audit log as far as it is read, newest first. `more` is undefined at its beginning. */
export type Log = {
  readonly entries: readonly AuditEntry[]
  readonly more: { readonly load: () => void; readonly busy: boolean } | undefined
}

/** Reads the entries that fit a search, page by page. */
export const useLog = (search: AuditSearch): Reading<Log> => {
  const { vault } = useParts()
  const query = useInfiniteQuery({
    queryKey: ['audit', search],
    queryFn: ({ pageParam }) =>
      vault.audit({ ...search, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
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
      entries: query.data.pages.flatMap((page) => page.entries),
      more: query.hasNextPage ? more : undefined,
    },
  }
}
