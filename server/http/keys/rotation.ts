import { Router } from 'express'
import { z } from 'zod'
import { Id } from '../../../shared/ids.ts'
import { Key, KeyConnected, KeyReplacement, KeySwitch, Rehearsal } from '../../../shared/keys.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import { bodyOf, idOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type RotationRoutes = CallerParts & {
  readonly rehearseKey: (caller: Caller, keyId: string, replacement: KeyReplacement) => Promise<Rehearsal>
  readonly switchKey: (caller: Caller, keyId: string, wished: KeySwitch) => Promise<Key>
  readonly verifyKey: (caller: Caller, keyId: string) => Promise<KeyConnected>
}

/** Another secret for a key that stays: rehearse, switch, return; and proving a key again. For owners and admins. */
export const rotation = ({ callerOf, rehearseKey, switchKey, verifyKey }: RotationRoutes): Router => {
  const router = Router()
  router.post('/v1/keys/:id/versions', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const replacement = await bodyOf(request, response, KeyReplacement)
    const rehearsal = await rehearseKey(caller, idOf(request, 'id', Id), replacement)
    response.status(201).json(z.encode(Rehearsal, rehearsal))
  })
  router.put('/v1/keys/:id/version', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const wished = await bodyOf(request, response, KeySwitch)
    response.json(z.encode(Key, await switchKey(caller, idOf(request, 'id', Id), wished)))
  })
  router.post('/v1/keys/:id/verification', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(KeyConnected, await verifyKey(caller, idOf(request, 'id', Id))))
  })
  return router
}
