import { Router } from 'express'
import { z } from 'zod'
import {
  Cap,
  CapChange,
  CapList,
  CapPlace,
  CapRaise,
  ReserveChange,
  type ScopedCap,
  ScopedCapChange,
} from '../../shared/cap.ts'
import type { Ledger } from '../domain/books/ledger.ts'
import { type Caller, requireAdmin, requireDrafter } from '../domain/identity/caller.ts'
import { bodyOf, queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type CapRoutes = CallerParts & {
  readonly ledger: Pick<Ledger, 'cap' | 'setCap'>
  readonly listCaps: (caller: Caller) => Promise<readonly ScopedCap[]>
  readonly setCap: (caller: Caller, change: ScopedCapChange) => Promise<void>
  readonly removeCap: (caller: Caller, place: CapPlace) => Promise<void>
  readonly raiseCap: (caller: Caller, raise: CapRaise) => Promise<void>
  readonly endRaise: (caller: Caller, place: CapPlace) => Promise<void>
  readonly setReserve: (caller: Caller, change: ReserveChange) => Promise<void>
}

/** The workspace's cap, which members who draft read, and every cap by scope; admins set them. */
export const cap = (parts: CapRoutes): Router => {
  const { callerOf, ledger, listCaps, setCap, removeCap, setReserve } = parts
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
  router.put('/v1/cap/reserve', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    await setReserve(caller, await bodyOf(request, response, ReserveChange))
    response.json(z.encode(Cap, await ledger.cap(caller.workspaceId, caller.timeZone)))
  })
  router.get('/v1/caps', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(CapList, { caps: [...(await listCaps(caller))] }))
  })
  router.put('/v1/caps', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    await setCap(caller, await bodyOf(request, response, ScopedCapChange))
    response.json(z.encode(CapList, { caps: [...(await listCaps(caller))] }))
  })
  router.delete('/v1/caps', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    await removeCap(caller, queryOf(request, CapPlace))
    response.status(204).end()
  })
  return router.use(raises(parts))
}

/** Temporary raises of a cap. */
const raises = ({ callerOf, listCaps, raiseCap, endRaise }: CapRoutes): Router => {
  const router = Router()
  router.put('/v1/caps/raise', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    await raiseCap(caller, await bodyOf(request, response, CapRaise))
    response.json(z.encode(CapList, { caps: [...(await listCaps(caller))] }))
  })
  router.delete('/v1/caps/raise', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    await endRaise(caller, queryOf(request, CapPlace))
    response.status(204).end()
  })
  return router
}
