import {
  type QueryKey,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { problemOf } from '../vault/problem.ts'
import type { TellableProblem } from './problem-sentences.ts'

/** What is known of something that is read from the vault. `ready` may be a moment old while it is read anew. */
export type Reading<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: TellableProblem; readonly retry: () => void }
  | { readonly state: 'ready'; readonly value: Value }

/** What a person reads about a thrown value: its problem, or that the extension itself failed. */
export const tellable = (thrown: unknown): TellableProblem =>
  problemOf(thrown) ?? { slug: 'unexpected', facts: {} }

/** A query as one union. What was read stays on screen while it is read anew; a failure to do so replaces it. */
const readingOf = <Value>(query: UseQueryResult<Value>): Reading<Value> => {
  if (query.error !== null)
    return { state: 'failed', problem: tellable(query.error), retry: () => void query.refetch() }
  return query.data === undefined ? { state: 'loading' } : { state: 'ready', value: query.data }
}

/** Reads something; the same key shares what was read. */
export const useReading = <Value>(
  key: QueryKey,
  read: () => Promise<Value>,
  enabled = true,
): Reading<Value> => readingOf(useQuery({ queryKey: key, queryFn: read, enabled }))

/** The same, read anew every so many milliseconds while somebody looks and what was read asks for it. */
export const useLiveReading = <Value>(
  key: QueryKey,
  read: () => Promise<Value>,
  everyMs: (value: Value | undefined) => number | false,
): Reading<Value> =>
  readingOf(useQuery({ queryKey: key, queryFn: read, refetchInterval: ({ state }) => everyMs(state.data) }))

/** While the vault does not answer, what it said last stands, so that nothing which is already here is taken away. */
export const useLastKnown = <Value>(reading: Reading<Value>): Reading<Value> => {
  const last = useRef<Reading<Value>>(undefined)
  if (reading.state === 'ready') last.current = reading
  const unanswered = reading.state === 'failed' && reading.problem.slug === 'no-answer'
  return unanswered ? (last.current ?? reading) : reading
}

/** Something that the person asked to be done. `start` keeps its argument in memory, so a secret must not be one. */
type Doing<Argument> = {
  readonly start: (argument: Argument) => void
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
}

/** Does something at the vault once; all that was read is read anew afterwards, also when it failed. */
export const useDoing = <Argument, Result>(
  act: (argument: Argument) => Promise<Result>,
  onDone: (result: Result) => void,
): Doing<Argument> => {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: act,
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(),
  })
  return { start: mutate, busy: isPending, problem: error === null ? undefined : tellable(error) }
}
