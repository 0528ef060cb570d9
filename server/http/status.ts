import { Router } from 'express'
import { z } from 'zod'
import { SERVED_CONTRACTS } from '../../shared/contract.ts'
import { PublicStatus, Status } from '../../shared/status.ts'
import type { Caller } from '../domain/identity/caller.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type StatusRoutes = CallerParts & {
  readonly statusFor: (caller: Caller) => Promise<Omit<Status, 'service' | 'contracts'>>
}

const served: PublicStatus = { service: 'ownkey', contracts: [...SERVED_CONTRACTS] }

/** `GET /v1/status` without a token: only which contracts are served, so that an extension can say which side to update. */
export const publicStatus = (): Router => {
  const router = Router()
  router.get('/v1/status', (request, response, next) => {
    if (request.headers.authorization === undefined) response.json(z.encode(PublicStatus, served))
    else next()
  })
  return router
}

/** `GET /v1/status` with a token: what this member may know. */
export const status = ({ callerOf, statusFor }: StatusRoutes): Router => {
  const router = Router()
  router.get('/v1/status', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(Status, { ...served, ...(await statusFor(caller)) }))
  })
  return router
}
