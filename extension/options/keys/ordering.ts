import { arrayMove } from '@dnd-kit/sortable'
import { useState } from 'react'
import type { Key } from '../../../shared/keys.ts'
import type { ProviderKeys } from '../../ui/keys/places.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { useDoing } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'

/** What moves a key by one place; undefined at the ends, and where there is only one. */
export type Neighbors = { readonly up: (() => void) | undefined; readonly down: (() => void) | undefined }

type Ordering = {
  /** As the person has put them; the vault may not have heard of it yet. */
  readonly keys: readonly Key[]
  readonly problem: TellableProblem | undefined
  /** Puts a key where another one is. */
  readonly put: (id: string, over: string) => void
  readonly neighborsOf: (id: string) => Neighbors
}

type Put = { readonly ids: readonly string[]; readonly before: readonly string[] }

const idsOf = (keys: readonly Key[]): readonly string[] => keys.map(({ id }) => id)

const inOrderOf = (ids: readonly string[], keys: readonly Key[]): readonly Key[] =>
  ids.flatMap((id) => keys.find((key) => key.id === id) ?? [])

/** The order of a provider’s keys: shown at once as it was put, and again as it was when the vault refuses. */
export const useOrdering = (
  { provider, keys }: ProviderKeys,
  saved: (undo: () => Promise<unknown>) => void,
): Ordering => {
  const { vault } = useParts()
  const known = idsOf(keys)
  const [last, setLast] = useState<Put>()
  const ordering = useDoing(
    async (put: Put) => {
      await vault.orderKeys({ provider, keyIds: [...put.ids] })
      return put.before
    },
    (before) => saved(() => vault.orderKeys({ provider, keyIds: [...before] })),
  )
  if (last !== undefined && last.ids.join() === known.join()) setLast(undefined)
  const isAhead = last !== undefined && last.before.join() === known.join() && ordering.problem === undefined
  const shown = isAhead ? inOrderOf(last.ids, keys) : keys
  const put = (id: string, over: string): void => {
    const before = idsOf(shown)
    const ids = arrayMove([...before], before.indexOf(id), before.indexOf(over))
    setLast({ ids, before: known })
    ordering.start({ ids, before: known })
  }
  const neighborsOf = (id: string): Neighbors => {
    const ids = idsOf(shown)
    const at = ids.indexOf(id)
    const to = (over: string | undefined) => (over === undefined ? undefined : () => put(id, over))
    return { up: to(ids[at - 1]), down: to(ids[at + 1]) }
  }
  return { keys: shown, problem: ordering.problem, put, neighborsOf }
}
