import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newestFirst, type ReceiptCopy, readCopy, readNewest } from '../../local/receipts.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { tellable } from '../../ui/reading.ts'
import type { Synced } from '../../vault/receipts.ts'
import { useParts } from '../parts.tsx'

/** Receipts appear on an open page this soon after they were made elsewhere. */
const AGAIN_MS = 20_000

/** Rows that fill a window while all are read from this browser's database. */
const NEWEST = 100

const COPY = ['receipt-copy']

/** This browser's copy of the receipts as it is in memory, and how its reading from the vault stands. */
export type CopyReading = {
  /** Undefined while it is read from this browser's database, and where that cannot be read. */
  readonly copy: ReceiptCopy | undefined
  /** Its newest receipts, there sooner than all. */
  readonly newest: ReceiptCopy | undefined
  readonly unreadable: boolean
  /** How many receipts have been read so far, while there are more. */
  readonly read: number
  /** Why the vault gave no changes the last time. */
  readonly problem: TellableProblem | undefined
  readonly retry: () => void
}

const patched = (copy: ReceiptCopy, synced: Synced): ReceiptCopy => {
  const state = { cursor: synced.after, whose: synced.whose, currentAt: synced.at }
  const { prunedBefore } = synced
  const oldest = copy.receipts.at(-1)
  const isPruned = prunedBefore !== null && oldest !== undefined && oldest.at < prunedBefore
  if (synced.changed.length === 0 && !isPruned) return { state, receipts: copy.receipts }
  const changed = new Map(synced.changed.map((receipt) => [receipt.id, receipt]))
  const all = [...copy.receipts.filter(({ id }) => !changed.has(id)), ...changed.values()]
  const receipts = all.filter(({ at }) => prunedBefore === null || at >= prunedBefore)
  return { state, receipts: receipts.sort(newestFirst) }
}

/** What is in memory follows by the changes alone; when somebody else stored some meanwhile, it is read anew. */
const follow = async (client: QueryClient, synced: Synced): Promise<void> => {
  const copy = client.getQueryData<ReceiptCopy>(COPY)
  if (copy !== undefined && copy.state?.cursor === synced.before)
    client.setQueryData<ReceiptCopy>(COPY, patched(copy, synced))
  else await client.invalidateQueries({ queryKey: COPY })
}

/** Keeps this browser's copy in step with the vault while somebody looks at it. */
export const useCopy = (): CopyReading => {
  const { vault, local } = useParts()
  const client = useQueryClient()
  const [read, setRead] = useState(0)
  const kept = useQuery({
    queryKey: COPY,
    queryFn: () => readCopy(local),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  const newest = useQuery({
    queryKey: ['newest-receipts'],
    queryFn: () => readNewest(local, NEWEST),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const following = useQuery({
    queryKey: ['receipt-changes'],
    queryFn: async () => {
      const synced = await vault.syncReceipts(setRead)
      await follow(client, synced)
      return synced.at
    },
    refetchInterval: AGAIN_MS,
  })
  return {
    copy: kept.data,
    newest: newest.data,
    unreadable: kept.error !== null,
    read,
    problem: following.error === null ? undefined : tellable(following.error),
    retry: () => void following.refetch(),
  }
}
