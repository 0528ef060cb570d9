import { useMemo } from 'react'
import { type Picodollars, sum } from '../../../shared/money.ts'
import type { Receipt, ReceiptSummary } from '../../../shared/receipts.ts'
import { keptReceipt, keptSummary, type ReceiptCopy } from '../../local/receipts.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { type Reading, useReading } from '../../ui/reading.ts'
import { problemOf } from '../../vault/problem.ts'
import type { ReceiptSearch } from '../../vault/receipts.ts'
import { useParts } from '../parts.tsx'
import { type CopyReading, useCopy } from './copy.ts'
import { fitting } from './fitting.ts'
import { type More, useVaultList, type VaultList } from './vault-list.ts'

/**
 * Where a list comes from. `copy`: from this browser's copy, in step with the vault. `opening`: its newest, while all are read from the database. `reading`: from the vault, page by page, until this browser has
 * read all; `page` where it cannot keep a copy. `offline`: from the copy as it was at a moment (null: no reading ever came to its end).
 * `failing`: from the copy, since the vault refuses to tell what changed.
 */
export type Standing =
  | { readonly from: 'copy' }
  | { readonly from: 'opening' }
  | { readonly from: 'reading'; readonly read: number }
  | { readonly from: 'page' }
  | { readonly from: 'offline'; readonly at: number | null }
  | { readonly from: 'failing'; readonly problem: TellableProblem; readonly retry: () => void }

/** What stands in the list. `total` is the exact sum of all that fit; undefined while only a part of them is known. */
export type Feed = {
  readonly receipts: readonly ReceiptSummary[]
  readonly total: Picodollars | undefined
  readonly standing: Standing
  /** Undefined when there are no older ones. */
  readonly more: More | undefined
  /** Everything that is known without the filters: members, models and channels can be chosen among theirs. */
  readonly known: readonly ReceiptSummary[]
}

/** A vault that says one of these has nothing to show to this browser any more, so neither has its copy. */
const shutting: readonly TellableProblem['slug'][] = [
  'not-paired',
  'not-found',
  'device-removed',
  'device-unknown',
  'device-suspended',
]

type Copied = { readonly copy: ReceiptCopy; readonly standing: Standing }

/** The copy where it can stand for the list; undefined while the vault's own list must. */
const copied = ({ copy, problem, retry }: CopyReading): Copied | undefined => {
  if (copy === undefined) return undefined
  const at = copy.state?.currentAt ?? null
  if (problem?.slug === 'no-answer')
    return at === null && copy.receipts.length === 0 ? undefined : { copy, standing: { from: 'offline', at } }
  if (at === null) return undefined
  return { copy, standing: problem === undefined ? { from: 'copy' } : { from: 'failing', problem, retry } }
}

const useFitting = (copy: ReceiptCopy | undefined, search: ReceiptSearch) => {
  const all = copy?.receipts
  const receipts = useMemo(() => fitting(all ?? [], search), [all, search])
  const total = useMemo(() => sum(receipts.map(({ settled }) => settled)), [receipts])
  return { receipts, total }
}

const listed = (list: VaultList, { unreadable, read }: CopyReading): Feed => ({
  ...list,
  total: undefined,
  standing: unreadable ? { from: 'page' } : { from: 'reading', read },
  known: list.receipts,
})

const opening = ({ copy, newest }: CopyReading, search: ReceiptSearch): Feed | undefined => {
  if (copy !== undefined || newest === undefined) return undefined
  if ((newest.state?.currentAt ?? null) === null) return undefined
  if (Object.keys(search).length > 0) return undefined
  const { receipts } = newest
  return { receipts, total: undefined, standing: { from: 'opening' }, more: undefined, known: receipts }
}

/** The receipts that fit a search, newest first: from this browser's copy as soon as it is whole, otherwise from the vault. */
export const useFeed = (search: ReceiptSearch): Reading<Feed> => {
  const reading = useCopy()
  const own = copied(reading)
  const isOpening = reading.copy === undefined && !reading.unreadable
  const list = useVaultList(search, own === undefined && !isOpening)
  const { receipts, total } = useFitting(own?.copy, search)
  const { problem, retry } = reading
  if (problem !== undefined && shutting.includes(problem.slug)) return { state: 'failed', problem, retry }
  if (own !== undefined) {
    const { standing, copy } = own
    return { state: 'ready', value: { receipts, total, standing, more: undefined, known: copy.receipts } }
  }
  const first = opening(reading, search)
  if (first !== undefined) return { state: 'ready', value: first }
  return list.state === 'ready' ? { state: 'ready', value: listed(list.value, reading) } : list
}

const unanswered = (thrown: unknown): boolean => problemOf(thrown)?.slug === 'no-answer'

/** One receipt. When the vault does not answer, as whole as this browser keeps it: without its calls where it was never opened here. */
export const useReceipt = (id: string): Reading<Receipt | ReceiptSummary> => {
  const { vault, local } = useParts()
  return useReading(['receipt', id], async () => {
    try {
      return await vault.receipt(id)
    } catch (thrown) {
      const kept = unanswered(thrown)
        ? ((await keptReceipt(local, id)) ?? (await keptSummary(local, id)))
        : undefined
      if (kept === undefined) throw thrown
      return kept
    }
  })
}
