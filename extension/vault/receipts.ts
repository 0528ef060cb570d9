import { z } from 'zod'
import {
  OutcomeTelling,
  Receipt,
  ReceiptChanges,
  ReceiptPage,
  ReceiptQuery,
  type ReceiptSummary,
  ToldOutcome,
} from '../../shared/receipts.ts'
import type { Local } from '../local/database.ts'
import { outcomeTold, type Queued, queuedOutcomes } from '../local/outcomes.ts'
import {
  countReceipts,
  forgetReceipts,
  keepChanges,
  keepWholeReceipt,
  readCopyState,
} from '../local/receipts.ts'
import { type Answers, queryOf } from './answers.ts'
import { readConnection } from './connection.ts'
import { problemOf, VaultProblem } from './problem.ts'
import type { Parts } from './session.ts'
import { stored, storedIfPossible } from './storage.ts'

/** Receipts of one answer: the most that the vault gives. */
const CHANGES_AT_A_TIME = 1_000

/** What a query may hold; pages are counted by the vault. */
export type ReceiptSearch = Partial<z.output<typeof ReceiptQuery>>

/**
 * What a reading of the changes brought into this browser's copy: all from the place `before` (undefined: from the beginning) to `after`.
 * Receipts that began before `prunedBefore` are gone. `at`: when the vault said that nothing is missing, ms since epoch.
 */
export type Synced = {
  readonly before: string | undefined
  readonly after: string
  readonly whose: ReceiptChanges['whose']
  readonly changed: readonly ReceiptSummary[]
  readonly prunedBefore: number | null
  readonly at: number
}

/** Hears how many receipts the copy has read so far, after each page but the last. */
type OnProgress = (read: number) => void

/** A reading under way. `read` counts what the copy had when it began and all that came since. */
type Underway = {
  readonly before: string | undefined
  readonly after: string | undefined
  readonly changed: readonly ReceiptSummary[]
  readonly read: number
}

const SearchWire = z.object(ReceiptQuery.shape).extend({ limit: z.int() }).partial()

const begin = (local: Local): Promise<Underway> =>
  stored(async () => {
    const cursor = (await readCopyState(local))?.cursor
    return { before: cursor, after: cursor, changed: [], read: await countReceipts(local) }
  })

const changesAfter = async ({ answer }: Answers, after: string | undefined): Promise<ReceiptChanges> => {
  const query = queryOf({ after, limit: CHANGES_AT_A_TIME })
  const page = await answer(ReceiptChanges, { method: 'GET', path: '/v1/receipts/changes', query })
  if (page.more && page.next === after) throw new VaultProblem('not-a-vault')
  return page
}

/** Nothing is stored for a browser that was signed out or paired anew while the page was on its way. */
const keepPage = (
  { local, now }: Parts,
  deviceId: string | undefined,
  after: string | undefined,
  page: ReceiptChanges,
) =>
  stored(() =>
    local.together(async () => {
      const connection = await readConnection(local)
      if (connection === undefined || connection.deviceId !== deviceId) throw new VaultProblem('not-paired')
      return keepChanges(local, after, page, now())
    }),
  )

const syncFrom = async (answers: Answers, parts: Parts, onProgress: OnProgress): Promise<Synced> => {
  const deviceId = (await stored(() => readConnection(parts.local)))?.deviceId
  let reading = await begin(parts.local)
  for (;;) {
    const { before, after } = reading
    const page = await changesAfter(answers, after)
    if ((await keepPage(parts, deviceId, after, page)) !== 'kept') {
      reading = await begin(parts.local)
      continue
    }
    const changed = [...reading.changed, ...page.receipts]
    const { next, whose, prunedBefore, more } = page
    if (!more) return { before, after: next, whose, changed, prunedBefore, at: parts.now() }
    reading = { before, after: next, changed, read: reading.read + page.receipts.length }
    onProgress(reading.read)
  }
}

/**
 * When a copy is of no use any more: after a restore the books are those of an earlier day, so that a place in the present ones means nothing;
 * and who may read no receipts keeps none.
 */
const outdating: readonly (string | undefined)[] = ['device-suspended', 'malformed-request', 'not-found']

const sync = async (answers: Answers, parts: Parts, onProgress: OnProgress): Promise<Synced> => {
  try {
    return await syncFrom(answers, parts, onProgress)
  } catch (thrown) {
    const slug = problemOf(thrown)?.slug
    if (outdating.includes(slug)) await stored(() => forgetReceipts(parts.local))
    if (slug !== 'malformed-request') throw thrown
    return syncFrom(answers, parts, onProgress)
  }
}

/** The vault will never take it: the receipt is pruned, or of a member that this browser is no longer. */
const hopeless: readonly (string | undefined)[] = ['not-found', 'malformed-request']

const tell = async ({ answer }: Answers, { receiptId, outcome, editedPercent }: Queued): Promise<void> => {
  const path = `/v1/receipts/${receiptId}/outcome`
  const body = z.encode(OutcomeTelling, { outcome, editedPercent })
  try {
    await answer(ToldOutcome, { method: 'POST', path, body })
  } catch (thrown) {
    if (!hopeless.includes(problemOf(thrown)?.slug)) throw thrown
  }
}

/** Receipts: what the vault lists, one whole, this browser's own copy of all, and what became of drafts. */
export const receiptCalls = (answers: Answers, parts: Parts) => ({
  /** Newest first, a page at a time. */
  receipts: (search: ReceiptSearch = {}): Promise<ReceiptPage> => {
    const query = queryOf(z.encode(SearchWire, search))
    return answers.answer(ReceiptPage, { method: 'GET', path: '/v1/receipts', query })
  },

  /** What was read is kept in this browser for reading offline. */
  receipt: async (id: string): Promise<Receipt> => {
    const path = `/v1/receipts/${encodeURIComponent(id)}`
    const receipt = await answers.answer(Receipt, { method: 'GET', path })
    await storedIfPossible(() => keepWholeReceipt(parts.local, receipt))
    return receipt
  },

  /**
   * Brings this browser's copy of the receipts up to date, page by page; what was read stays when it is interrupted. Several surfaces may do
   * this at once. Throws the copy away when it is of another set than the vault's.
   */
  syncReceipts: (onProgress: OnProgress = () => undefined): Promise<Synced> =>
    sync(answers, parts, onProgress),

  /**
   * Tells the vault what became of drafts, as far as that waits in this browser. What was not told when it throws waits on. Asks nobody when
   * nothing waits.
   */
  tellOutcomes: async (): Promise<void> => {
    for (const queued of await stored(() => queuedOutcomes(parts.local))) {
      await tell(answers, queued)
      await stored(() => outcomeTold(parts.local, queued))
    }
  },
})
