import { Router } from 'express'
import { z } from 'zod'
import { ModelPrice, PriceChange, PriceList } from '../../../shared/books/prices.ts'
import { type Caller, requireAdmin } from '../../domain/identity/caller.ts'
import { bodyOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type PriceRoutes = CallerParts & {
  readonly listPrices: (caller: Caller) => Promise<ModelPrice[]>
  readonly setPrice: (caller: Caller, change: PriceChange) => Promise<ModelPrice>
}

/** What models cost, for owners and admins. An own price is only ever followed by another one. */
export const prices = ({ callerOf, listPrices, setPrice }: PriceRoutes): Router => {
  const router = Router()
  router.get('/v1/prices', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(PriceList, { prices: await listPrices(caller) }))
  })
  router.post('/v1/prices', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const price = await setPrice(caller, await bodyOf(request, response, PriceChange))
    response.status(201).json(z.encode(ModelPrice, price))
  })
  return router
}
