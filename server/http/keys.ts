import { Router } from 'express'
import { z } from 'zod'
import { Id } from '../../shared/ids.ts'
import { Key, KeyChange, KeyConnected, KeyConnection, KeyList } from '../../shared/keys.ts'
import type { Caller } from '../domain/identity/caller.ts'
import { bodyOf, idOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type KeyRoutes = CallerParts & {
  readonly listKeys: (caller: Caller) => Promise<KeyList>
  readonly connectKey: (caller: Caller, connection: KeyConnection) => Promise<KeyConnected>
  readonly changeKey: (caller: Caller, keyId: string, change: KeyChange) => Promise<Key>
  readonly disconnectKey: (caller: Caller, keyId: string) => Promise<void>
}

/** Provider keys, for owners and admins. A key goes in by these routes and never comes out again. */
export const keys = (parts: KeyRoutes): Router => {
  const { callerOf, listKeys, connectKey, changeKey, disconnectKey } = parts
  const router = Router()
  router.get('/v1/keys', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(KeyList, await listKeys(caller)))
  })
  router.post('/v1/keys', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const connected = await connectKey(caller, await bodyOf(request, response, KeyConnection))
    response.status(201).json(z.encode(KeyConnected, connected))
  })
  router.patch('/v1/keys/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const change = await bodyOf(request, response, KeyChange)
    response.json(z.encode(Key, await changeKey(caller, idOf(request, 'id', Id), change)))
  })
  router.delete('/v1/keys/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await disconnectKey(caller, idOf(request, 'id', Id))
    response.status(204).end()
  })
  return router
}
