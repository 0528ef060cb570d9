import { Router } from 'express'
import { z } from 'zod'
import { CodeId, PairingCodeAnswer, PairingCodeRequest } from '../../../shared/pairing.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import type { MadeCode } from '../../domain/identity/pairing-codes.ts'
import { bodyOf, idOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type PairingCodeRoutes = CallerParts & {
  readonly makePairingCode: (caller: Caller, request: PairingCodeRequest) => Promise<MadeCode>
  readonly withdrawInvite: (caller: Caller, inviteId: string) => Promise<void>
}

/** Codes for one's own further browser and invitations, each shown once; and withdrawing an invitation, by the first group of its code. */
export const pairingCodes = ({ callerOf, makePairingCode, withdrawInvite }: PairingCodeRoutes): Router => {
  const router = Router()
  router.post('/v1/pairing-codes', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const made = await makePairingCode(caller, await bodyOf(request, response, PairingCodeRequest))
    response.status(201).json(z.encode(PairingCodeAnswer, made))
  })
  router.delete('/v1/invites/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await withdrawInvite(caller, idOf(request, 'id', CodeId))
    response.status(204).end()
  })
  return router
}
