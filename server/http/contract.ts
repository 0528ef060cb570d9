import type { RequestHandler } from 'express'
import { CONTRACT_HEADER, SERVED_CONTRACTS } from '../../shared/contract.ts'
import { Refusal } from '../domain/refusal.ts'

/** Refuses a request that does not name a contract which this vault serves. */
export const onlyServedContracts: RequestHandler = (request, _response, next) => {
  const named = Number(request.headers[CONTRACT_HEADER])
  if (!SERVED_CONTRACTS.includes(named))
    throw new Refusal('contract-not-served', { served: [...SERVED_CONTRACTS] })
  next()
}
