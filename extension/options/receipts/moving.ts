import type { Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ReceiptSummary } from '../../../shared/receipts.ts'

type Frame = Virtualizer<HTMLDivElement, HTMLTableRowElement>

/** Where a key leads from a row: rows to go, `page` at a time for some, or an end of the list. */
const targetOf = (key: string, here: number, page: number, last: number): number | undefined => {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    j: here + 1,
    ArrowUp: here - 1,
    k: here - 1,
    PageDown: here + page,
    PageUp: here - page,
    Home: 0,
    End: last,
  }
  const place = places[key]
  return place === undefined ? undefined : Math.min(last, Math.max(0, place))
}

const focusRow = (grid: HTMLElement, id: string): void => {
  const link = grid.querySelector(`[data-receipt="${CSS.escape(id)}"] a`)
  if (link instanceof HTMLElement) link.focus({ preventScroll: true })
}

/** The row that has the grid's one tab stop. It stays with its receipt when newer ones come in above. */
export const useCurrentRow = (receipts: readonly ReceiptSummary[]) => {
  const [id, setId] = useState<string>()
  const found = id === undefined ? -1 : receipts.findIndex((receipt) => receipt.id === id)
  return { index: Math.max(0, found), setId }
}

/** Up, down, a page, and both ends of the list; also rows that are not drawn yet. */
export const moveBy = (
  event: KeyboardEvent<HTMLElement>,
  receipts: readonly ReceiptSummary[],
  { index, setId }: ReturnType<typeof useCurrentRow>,
  virtual: Frame,
): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const page = Math.max(1, (virtual.range?.endIndex ?? 1) - (virtual.range?.startIndex ?? 0) - 1)
  const target = targetOf(event.key, index, page, receipts.length - 1)
  const receipt = target === undefined ? undefined : receipts[target]
  if (target === undefined || receipt === undefined) return
  event.preventDefault()
  flushSync(() => setId(receipt.id))
  virtual.scrollToIndex(target)
  focusRow(event.currentTarget, receipt.id)
}
