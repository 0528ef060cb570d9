import { useInfiniteQuery } from '@tanstack/react-query'
import type { Receipt, ReceiptSummary } from '../../../shared/receipts.ts'
import { keptReceipt, keptReceipts } from '../../local/receipts.ts'
import { type Reading, tellable, useReading } from '../../ui/reading.ts'
import type { ReceiptSearch } from '../../vault/client.ts'
import { problemOf } from '../../vault/problem.ts'
import { useParts } from '../parts.tsx'

const PAGE = 50
const KEPT_SHOWN = 200

/** What stands in the list. `kept`: the vault did not answer, so this is what the browser last knew, unfiltered. */
export type Feed = {
  readonly receipts: readonly ReceiptSummary[]
  readonly source: 'vault' | 'kept'
  /** Undefined when there are no older ones. */
  readonly more: { readonly load: () => void; readonly busy: boolean } | undefined
}

const isUnanswered = (thrown: unknown): boolean => problemOf(thrown)?.slug === 'no-answer'

/** The receipts that fit a search, newest first, page by page. */
export const useFeed = (search: ReceiptSearch, offline: boolean): Reading<Feed> => {
  const { vault, local } = useParts()
  const query = useInfiniteQuery({
    queryKey: ['receipts', search],
    queryFn: ({ pageParam }) =>
      vault.receipts({ ...search, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const unanswered = offline || isUnanswered(query.error)
  const kept = useReading(['kept-receipts'], () => keptReceipts(local, KEPT_SHOWN), unanswered)
  if (query.data !== undefined) {
    const more = { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
    const receipts = query.data.pages.flatMap((page) => page.receipts)
    return {
      state: 'ready',
      value: { receipts, source: 'vault', more: query.hasNextPage ? more : undefined },
    }
  }
  if (unanswered && kept.state === 'ready' && kept.value.length > 0)
    return { state: 'ready', value: { receipts: kept.value, source: 'kept', more: undefined } }
  if (query.error === null) return { state: 'loading' }
  return { state: 'failed', problem: tellable(query.error), retry: () => void query.refetch() }
}

/** One whole receipt; from this browser's store when the vault does not answer. */
export const useReceipt = (id: string): Reading<Receipt> => {
  const { vault, local } = useParts()
  return useReading(['receipt', id], async () => {
    try {
      return await vault.receipt(id)
    } catch (thrown) {
      const kept = isUnanswered(thrown) ? await keptReceipt(local, id) : undefined
      if (kept === undefined) throw thrown
      return kept
    }
  })
}
