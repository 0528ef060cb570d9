import { Router } from 'express'
import { z } from 'zod'
import { Id } from '../../shared/ids.ts'
import {
  OutcomeTelling,
  Receipt,
  ReceiptChanges,
  ReceiptChangesQuery,
  ReceiptExportQuery,
  ReceiptPage,
  ReceiptQuery,
  ToldOutcome,
} from '../../shared/receipts.ts'
import { Spend, SpendNotices, SpendQuery } from '../../shared/spend.ts'
import type { Receipts } from '../domain/books/receipts.ts'
import {
  FOREIGN_USE_SHOWN_MS,
  type ReadForeignUse,
  type ReadNotices,
  type ReadSpend,
} from '../domain/books/spend.ts'
import type { TellOutcome } from '../domain/drafts/outcomes.ts'
import { type Caller, requireDrafter, whoseReceipts } from '../domain/identity/caller.ts'
import { Refusal } from '../domain/refusal.ts'
import { bodyOf, idOf, queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'
import { receiptFormats } from './files/receipts.ts'
import { sendFile, utcDay } from './files/streaming.ts'

export type ReceiptRoutes = CallerParts & {
  readonly receipts: Receipts
  readonly spend: ReadSpend
  readonly notices: ReadNotices
  readonly foreignUse: ReadForeignUse
  readonly tellOutcome: TellOutcome
  readonly stillWelcome: (caller: Caller) => Promise<boolean>
  readonly now: () => number
}

/** Receipts and their sums. Members without the right to reports see their own; another's receipt is not found. */
export const receipts = (parts: ReceiptRoutes): Router => {
  const { callerOf, receipts: books, spend, notices, foreignUse, tellOutcome, stillWelcome, now } = parts
  const router = Router()
  router.get('/v1/receipts', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const query = queryOf(request, ReceiptQuery)
    response.json(z.encode(ReceiptPage, await books.list(caller.workspaceId, query, whoseReceipts(caller))))
  })
  router.get('/v1/receipts/changes', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const query = queryOf(request, ReceiptChangesQuery)
    const changes = await books.changes(caller.workspaceId, query, whoseReceipts(caller))
    response.json(z.encode(ReceiptChanges, changes))
  })
  router.get('/v1/receipts/export', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const { format, ...filter } = queryOf(request, ReceiptExportQuery)
    const { type, lines } = receiptFormats[format]
    const name = `ownkey-receipts-${utcDay(now())}.${format}`
    const found = books.every(caller.workspaceId, filter, whoseReceipts(caller))
    await sendFile(response, { type, name, lines: lines(found) }, () => stillWelcome(caller))
  })
  router.get('/v1/receipts/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const receipt = await books.find(caller.workspaceId, idOf(request, 'id', Id), whoseReceipts(caller))
    response.json(z.encode(Receipt, receipt))
  })
  router.post('/v1/receipts/:id/outcome', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireDrafter(caller)
    const receiptId = idOf(request, 'id', Id)
    const told = await bodyOf(request, response, OutcomeTelling)
    const { workspaceId, memberId } = caller
    response.json(z.encode(ToldOutcome, await tellOutcome({ workspaceId, memberId, receiptId, told })))
  })
  router.get('/v1/spend', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const { workspaceId, timeZone } = caller
    const { month } = queryOf(request, SpendQuery)
    const memberId = whoseReceipts(caller)
    response.json(z.encode(Spend, await spend({ workspaceId, timeZone, month, memberId })))
  })
  router.get('/v1/spend/notices', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    if (whoseReceipts(caller) !== undefined) throw new Refusal('not-found', {})
    const found = await notices(caller.workspaceId, caller.timeZone)
    const lately = await foreignUse(caller.workspaceId, { foundSince: now() - FOREIGN_USE_SHOWN_MS })
    response.json(z.encode(SpendNotices, { notices: found, foreignUse: lately }))
  })
  return router
}
