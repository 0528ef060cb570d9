import { useInfiniteQuery } from '@tanstack/react-query'
import type { AlertPage, SentAlert } from '../../../shared/books/alerts.ts'
import { type Reading, tellable } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'

const PAGE = 20
/** Milliseconds between two looks at what is on its way for the first time, and at what waits for another try. */
const SOON_MS = 1_500
const LATER_MS = 15_000

/** The alerts as far as they are read, newest first. `more` is undefined when these are all. */
export type Sent = {
  readonly alerts: readonly SentAlert[]
  readonly more: { readonly load: () => void; readonly busy: boolean } | undefined
}

/** False: nothing is on its way. */
const nextLook = (pages: readonly AlertPage[]): number | false => {
  const deliveries = pages.flatMap(({ alerts }) => alerts.flatMap((alert) => alert.deliveries))
  const waiting = deliveries.filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return false
  return waiting.some(({ tries }) => tries === 0) ? SOON_MS : LATER_MS
}

/** Reads past alerts, page by page, and anew for as long as one of them is on its way. */
export const useSent = (): Reading<Sent> => {
  const { vault } = useParts()
  const query = useInfiniteQuery({
    queryKey: ['alerts'],
    queryFn: ({ pageParam: cursor }) =>
      vault.alerts({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => nextLook(state.data?.pages ?? []),
  })
  if (query.error !== null)
    return { state: 'failed', problem: tellable(query.error), retry: () => void query.refetch() }
  if (query.data === undefined) return { state: 'loading' }
  const more = { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
  return {
    state: 'ready',
    value: {
      alerts: query.data.pages.flatMap(({ alerts }) => alerts),
      more: query.hasNextPage ? more : undefined,
    },
  }
}
