import type { Receipt, ReceiptPage, ReceiptQuery } from '../../../shared/receipts.ts'

/** Read access to receipts. With `memberId` only that member's receipts exist. */
export type Receipts = {
  /** Refuses with `not-found` for another workspace's, another member's and an unknown id alike. */
  find(workspaceId: string, id: string, memberId?: string): Promise<Receipt>
  /** Newest first, by an opaque cursor. */
  list(workspaceId: string, query: ReceiptQuery, memberId?: string): Promise<ReceiptPage>
}
