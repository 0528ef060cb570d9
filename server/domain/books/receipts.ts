import type {
  Receipt,
  ReceiptChanges,
  ReceiptChangesQuery,
  ReceiptPage,
  ReceiptQuery,
  ReceiptSummary,
} from '../../../shared/receipts.ts'

/** What narrows a list of receipts. */
export type ReceiptFilter = Omit<ReceiptQuery, 'cursor' | 'limit'>

/** Until when (ms) a workspace's receipts are no longer kept; null when none was ever given up. */
export type PrunedBefore = (workspaceId: string) => Promise<number | null>

/** Read access to receipts. With `memberId` only that member's receipts exist. */
export type Receipts = {
  /** Refuses with `not-found` for another workspace's, another member's and an unknown id alike. */
  find(workspaceId: string, id: string, memberId?: string): Promise<Receipt>
  /** Newest first, by an opaque cursor. */
  list(workspaceId: string, query: ReceiptQuery, memberId?: string): Promise<ReceiptPage>
  /** All that fit, newest first, read page by page; others are served between two pages. What comes later is not in it. */
  every(workspaceId: string, filter: ReceiptFilter, memberId?: string): AsyncIterable<ReceiptSummary>
  /** What changed since a cursor, the oldest change first: whoever applies all pages in order has what `list` shows. */
  changes(workspaceId: string, query: ReceiptChangesQuery, memberId?: string): Promise<ReceiptChanges>
}
