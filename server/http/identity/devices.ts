import { Router } from 'express'
import { z } from 'zod'
import { Id } from '../../../shared/ids.ts'
import { type Device, DeviceList } from '../../../shared/members.ts'
import { Paired, PairingRequest } from '../../../shared/pairing.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import type { Credentials } from '../../domain/identity/proof.ts'
import { bodyOf, idOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type DeviceRoutes = CallerParts & {
  readonly pair: (request: PairingRequest, credentials: Credentials) => Promise<Paired>
  readonly listDevices: (caller: Caller) => Promise<Device[]>
  readonly removeDevice: (caller: Caller, deviceId: string) => Promise<void>
  readonly approveDevice: (caller: Caller, deviceId: string) => Promise<void>
}

/** Browsers: pairing one by a code, seeing and removing those that are paired, approving those that a restore suspended. */
export const devices = (parts: DeviceRoutes): Router => {
  const { callerOf, pair, listDevices, removeDevice, approveDevice } = parts
  const router = Router()
  router.post('/v1/devices', async (request, response) => {
    const asked = await bodyOf(request, response, PairingRequest, 'stranger')
    const paired = await pair(asked, credentialsOf(request))
    response.status(201).json(z.encode(Paired, paired))
  })
  router.get('/v1/devices', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(DeviceList, { devices: await listDevices(caller) }))
  })
  router.delete('/v1/devices/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await removeDevice(caller, idOf(request, 'id', Id))
    response.status(204).end()
  })
  router.post('/v1/devices/:id/approval', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await approveDevice(caller, idOf(request, 'id', Id))
    response.status(204).end()
  })
  return router
}
