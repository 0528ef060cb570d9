import { Router } from 'express'
import { z } from 'zod'
import { PairingCodeAnswer, PairingCodeRequest } from '../../../shared/pairing.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import type { MadeCode } from '../../domain/identity/pairing-codes.ts'
import { bodyOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type PairingCodeRoutes = CallerParts & {
  readonly makePairingCode: (caller: Caller, request: PairingCodeRequest) => Promise<MadeCode>
}

/** `POST /v1/pairing-codes`: a code for one's own further browser, or an invitation. It is shown this once. */
export const pairingCodes = ({ callerOf, makePairingCode }: PairingCodeRoutes): Router => {
  const router = Router()
  router.post('/v1/pairing-codes', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const made = await makePairingCode(caller, await bodyOf(request, response, PairingCodeRequest))
    response.status(201).json(z.encode(PairingCodeAnswer, made))
  })
  return router
}
