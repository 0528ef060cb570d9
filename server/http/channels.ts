import { Router } from 'express'
import { z } from 'zod'
import { Channel, ChannelForm, ChannelList } from '../../shared/channels.ts'
import { Id } from '../../shared/ids.ts'
import { type Caller, requireAdmin } from '../domain/identity/caller.ts'
import { bodyOf, idOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type ChannelRoutes = CallerParts & {
  readonly listChannels: (caller: Caller) => Promise<Channel[]>
  readonly makeChannel: (caller: Caller, form: ChannelForm) => Promise<Channel>
  readonly changeChannel: (caller: Caller, channelId: string, form: ChannelForm) => Promise<Channel>
  readonly removeChannel: (caller: Caller, channelId: string) => Promise<void>
}

/** Channels: members who draft read them, owners and admins change them. */
export const channels = (parts: ChannelRoutes): Router => {
  const { callerOf, listChannels, makeChannel, changeChannel, removeChannel } = parts
  const router = Router()
  router.get('/v1/channels', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(ChannelList, { channels: await listChannels(caller) }))
  })
  router.post('/v1/channels', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const made = await makeChannel(caller, await bodyOf(request, response, ChannelForm))
    response.status(201).json(z.encode(Channel, made))
  })
  router.put('/v1/channels/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const form = await bodyOf(request, response, ChannelForm)
    response.json(z.encode(Channel, await changeChannel(caller, idOf(request, 'id', Id), form)))
  })
  router.delete('/v1/channels/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await removeChannel(caller, idOf(request, 'id', Id))
    response.status(204).end()
  })
  return router
}
