import { Router } from 'express'
import { z } from 'zod'
import { Cap, CapChange } from '../../shared/cap.ts'
import type { Ledger } from '../domain/books/ledger.ts'
import { requireAdmin, requireDrafter } from '../domain/identity/caller.ts'
import { bodyOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type CapRoutes = CallerParts & { readonly ledger: Pick<Ledger, 'cap' | 'setCap'> }

/** The workspace's cap: members who draft read it, admins set it. */
export const cap = ({ callerOf, ledger }: CapRoutes): Router => {
  const router = Router()
  router.get('/v1/cap', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireDrafter(caller)
    response.json(z.encode(Cap, await ledger.cap(caller.workspaceId, caller.timeZone)))
  })
  router.put('/v1/cap', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const { limit } = await bodyOf(request, response, CapChange)
    await ledger.setCap(caller.workspaceId, limit, caller.memberId)
    response.json(z.encode(Cap, await ledger.cap(caller.workspaceId, caller.timeZone)))
  })
  return router
}
