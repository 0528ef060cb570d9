import { z } from 'zod'
import { Receipt, ReceiptSummary } from '../../shared/receipts.ts'
import type { Local } from './database.ts'

/** More than a year of a busy agent; the oldest go first. */
const KEPT = 5_000

const Row = z.object({
  id: z.string(),
  at: z.int(),
  summary: ReceiptSummary,
  whole: Receipt.nullable(),
})

const rowOf = (receipt: ReceiptSummary | Receipt): z.output<typeof Row> => ({
  id: receipt.id,
  at: receipt.at,
  summary: receipt,
  whole: 'attempts' in receipt ? receipt : null,
})

const settledWhole = async (local: Local, id: string): Promise<boolean> => {
  const whole = Row.safeParse(await local.receipts.get(id)).data?.whole
  return whole !== null && whole !== undefined && whole.certainty !== 'pending'
}

const dropOldest = async (local: Local): Promise<void> => {
  const surplus = (await local.receipts.count()) - KEPT
  if (surplus > 0) await local.receipts.orderBy('at').limit(surplus).delete()
}

/** Keeps what was read from the vault, for reading without it. A whole receipt is not replaced by its summary. */
export const keepReceipts = async (
  local: Local,
  receipts: readonly (ReceiptSummary | Receipt)[],
): Promise<void> => {
  for (const receipt of receipts) {
    const row = rowOf(receipt)
    if (row.whole === null && (await settledWhole(local, row.id))) continue
    await local.receipts.put(z.encode(Row, row))
  }
  await dropOldest(local)
}

/** What this browser last knew, newest first. It may be older than the vault's books. */
export const keptReceipts = async (local: Local, limit: number): Promise<readonly ReceiptSummary[]> => {
  const rows = await local.receipts.orderBy('at').reverse().limit(limit).toArray()
  return rows.flatMap((row) => Row.safeParse(row).data?.summary ?? [])
}

/** Undefined when the receipt was never opened on this browser. */
export const keptReceipt = async (local: Local, id: string): Promise<Receipt | undefined> =>
  Row.safeParse(await local.receipts.get(id)).data?.whole ?? undefined
