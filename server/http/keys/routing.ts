import { Router } from 'express'
import { z } from 'zod'
import { KeyList, KeyOrder, RoutingChange } from '../../../shared/keys.ts'
import { type Caller, requireAdmin } from '../../domain/identity/caller.ts'
import { bodyOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type RoutingRoutes = CallerParts & {
  readonly orderKeys: (caller: Caller, order: KeyOrder) => Promise<KeyList>
  readonly changeRouting: (caller: Caller, change: RoutingChange) => Promise<KeyList>
}

/** Who answers, who stands in, and in which order the keys of a provider answer; for owners and admins. */
export const routing = ({ callerOf, orderKeys, changeRouting }: RoutingRoutes): Router => {
  const router = Router()
  router.put('/v1/keys/order', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const order = await bodyOf(request, response, KeyOrder)
    response.json(z.encode(KeyList, await orderKeys(caller, order)))
  })
  router.put('/v1/routing', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const change = await bodyOf(request, response, RoutingChange)
    response.json(z.encode(KeyList, await changeRouting(caller, change)))
  })
  return router
}
