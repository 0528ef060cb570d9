import { z } from 'zod'
import { Moment } from '../../shared/ids.ts'
import { Receipt, type ReceiptChanges, ReceiptSummary } from '../../shared/receipts.ts'
import type { Local } from './database.ts'

/** Whole receipts, with their formulas: more than a year of a busy agent. The oldest go first. */
const WHOLE_KEPT = 5_000
/** Rows that are read and parsed at a time, so that a page stays alive meanwhile. */
const READ_AT_A_TIME = 5_000

const ONLY = 'only'

/**
 * How far this browser's copy of the receipts follows the vault. `cursor` is the place of the next change. `currentAt`: when the copy was last
 * known to be whole and in step, ms since epoch; null while a first reading has not come to its end.
 */
const CopyState = z.object({
  cursor: z.string(),
  whose: z.enum(['everybody', 'own']),
  currentAt: z.int().nullable(),
})
export type CopyState = z.infer<typeof CopyState>

/** What this browser keeps of the receipts, newest first; `state` is undefined before anything was read from the vault. */
export type ReceiptCopy = {
  readonly state: CopyState | undefined
  readonly receipts: readonly ReceiptSummary[]
}

/** `begun-anew`: the copy was of another set, so it was thrown away. `overtaken`: somebody else stored changes meanwhile, so these were not. */
type Keeping = 'kept' | 'begun-anew' | 'overtaken'

/** Newest first; of the same moment in a fixed order. */
export const newestFirst = (one: ReceiptSummary, other: ReceiptSummary): number =>
  other.at - one.at || (one.id < other.id ? 1 : -1)

/** Undefined when nothing was read yet, or when what is stored is not readable any more. */
export const readCopyState = async (local: Local): Promise<CopyState | undefined> =>
  CopyState.safeParse(await local.receiptCopy.get(ONLY)).data

/** Throws the copy away, with every whole receipt. Call it inside `together`. */
const dropCopy = async (local: Local): Promise<void> => {
  await Promise.all([local.receipts.clear(), local.wholeReceipts.clear(), local.receiptCopy.clear()])
}

/** Forgets every receipt, so that the next reading begins anew. */
export const forgetReceipts = (local: Local): Promise<void> => local.together(() => dropCopy(local))

const dropBefore = async (local: Local, moment: number): Promise<void> => {
  const bound = Moment.encode(moment)
  await local.receipts.where('at').below(bound).delete()
  await local.wholeReceipts.where('at').below(bound).delete()
}

/**
 * Stores a page of changes together with the place of the next one, or neither. `after` is the place that was asked for: when the copy
 * stands elsewhere by now, nothing is stored. Call it inside `together`; `now` in ms since epoch.
 */
export const keepChanges = async (
  local: Local,
  after: string | undefined,
  changes: ReceiptChanges,
  now: number,
): Promise<Keeping> => {
  const state = await readCopyState(local)
  if (state?.cursor !== after) return 'overtaken'
  if (state !== undefined && state.whose !== changes.whose) {
    await dropCopy(local)
    return 'begun-anew'
  }
  await local.receipts.bulkPut(changes.receipts.map((receipt) => z.encode(ReceiptSummary, receipt)))
  if (changes.prunedBefore !== null) await dropBefore(local, changes.prunedBefore)
  const currentAt = changes.more ? (state?.currentAt ?? null) : now
  const next: CopyState = { cursor: changes.next, whose: changes.whose, currentAt }
  await local.receiptCopy.put({ id: ONLY, ...next })
  return 'kept'
}

const rowsAfter = (local: Local, id: string): Promise<unknown[]> =>
  local.receipts.where('id').above(id).limit(READ_AT_A_TIME).toArray()

const idOf = (row: unknown): string => z.object({ id: z.string() }).parse(row).id

/** Everything that is kept, and how far it follows the vault, of one moment. */
export const readCopy = (local: Local): Promise<ReceiptCopy> =>
  local.inOneView(async () => {
    const receipts: ReceiptSummary[] = []
    let rows = await rowsAfter(local, '')
    while (rows.length > 0) {
      receipts.push(...rows.flatMap((row) => ReceiptSummary.safeParse(row).data ?? []))
      rows = rows.length < READ_AT_A_TIME ? [] : await rowsAfter(local, idOf(rows.at(-1)))
    }
    return { state: await readCopyState(local), receipts: receipts.sort(newestFirst) }
  })

/** The newest that are kept, long before all have been read. */
export const readNewest = (local: Local, limit: number): Promise<ReceiptCopy> =>
  local.inOneView(async () => {
    const rows = await local.receipts.orderBy('at').reverse().limit(limit).toArray()
    const receipts = rows.flatMap((row) => ReceiptSummary.safeParse(row).data ?? [])
    return { state: await readCopyState(local), receipts }
  })

/** How many receipts are kept. */
export const countReceipts = (local: Local): Promise<number> => local.receipts.count()

const dropOldestWhole = async (local: Local): Promise<void> => {
  const surplus = (await local.wholeReceipts.count()) - WHOLE_KEPT
  if (surplus > 0) await local.wholeReceipts.orderBy('at').limit(surplus).delete()
}

/** Keeps a whole receipt for reading its formula without the vault. One that is still running would be outdated at once. */
export const keepWholeReceipt = async (local: Local, receipt: Receipt): Promise<void> => {
  if (receipt.certainty === 'pending') return
  await local.wholeReceipts.put(z.encode(Receipt, receipt))
  await dropOldestWhole(local)
}

/** Keeps the receipt of a draft that this browser asked for, also before it comes with the vault's changes. */
export const keepOwnReceipt = async (local: Local, receipt: Receipt): Promise<void> => {
  await local.receipts.put(z.encode(ReceiptSummary, receipt))
  await keepWholeReceipt(local, receipt)
}

/** Undefined when the receipt was never opened on this browser. */
export const keptReceipt = async (local: Local, id: string): Promise<Receipt | undefined> =>
  Receipt.safeParse(await local.wholeReceipts.get(id)).data

/** What a list says of a receipt; undefined when it is not kept. */
export const keptSummary = async (local: Local, id: string): Promise<ReceiptSummary | undefined> =>
  ReceiptSummary.safeParse(await local.receipts.get(id)).data
