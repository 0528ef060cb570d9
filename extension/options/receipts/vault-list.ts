import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { type Reading, tellable } from '../../ui/reading.ts'
import type { ReceiptSearch } from '../../vault/receipts.ts'
import { useParts } from '../parts.tsx'

const PAGE = 50

/** A way to older entries of a list, and whether it is being gone. */
export type More = { readonly load: () => void; readonly busy: boolean }

/** The vault's own list as far as it is read. `more` is undefined at its end. */
export type VaultList = { readonly receipts: readonly ReceiptSummary[]; readonly more: More | undefined }

/** The receipts that fit a search, newest first, page by page from the vault: while this browser has no copy of all. */
export const useVaultList = (search: ReceiptSearch, enabled: boolean): Reading<VaultList> => {
  const { vault } = useParts()
  const query = useInfiniteQuery({
    queryKey: ['receipts', search],
    queryFn: ({ pageParam }) =>
      vault.receipts({ ...search, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  })
  if (query.data === undefined)
    return query.error === null
      ? { state: 'loading' }
      : { state: 'failed', problem: tellable(query.error), retry: () => void query.refetch() }
  const more = { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
  const receipts = query.data.pages.flatMap((page) => page.receipts)
  return { state: 'ready', value: { receipts, more: query.hasNextPage ? more : undefined } }
}
