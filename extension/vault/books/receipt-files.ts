import { z } from 'zod'
import { type ReceiptFormat, ReceiptQuery } from '../../../shared/receipts.ts'
import { queryOf } from '../answers.ts'
import type { ReceiptSearch } from '../receipts.ts'
import type { Session } from '../session.ts'
import { fileOf } from './files.ts'

const SearchWire = z.object(ReceiptQuery.shape).omit({ cursor: true, limit: true }).partial()

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const satisfies Record<ReceiptFormat, string>

/** Receipts as files. */
export const receiptFileCalls = (session: Session) => ({
  /** Every receipt that fits a search, newest first: of everybody for who may see them, otherwise one's own. */
  exportReceipts: (format: ReceiptFormat, search: ReceiptSearch): Promise<Blob> => {
    const query = { format, ...queryOf(z.encode(SearchWire, search)) }
    return fileOf(session, { path: '/v1/receipts/export', query }, types[format])
  },
})
