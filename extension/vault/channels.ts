import { z } from 'zod'
import { Channel, ChannelForm, ChannelList } from '../../shared/channels.ts'
import type { Answers } from './answers.ts'

/** Named lists of sites, for owners and admins. */
export const channelCalls = ({ answer, nothing }: Answers) => ({
  /** By name. */
  channels: async (): Promise<readonly Channel[]> =>
    (await answer(ChannelList, { method: 'GET', path: '/v1/channels' })).channels,

  makeChannel: (form: ChannelForm): Promise<Channel> =>
    answer(Channel, { method: 'POST', path: '/v1/channels', body: z.encode(ChannelForm, form) }),

  changeChannel: (id: string, form: ChannelForm): Promise<Channel> =>
    answer(Channel, { method: 'PUT', path: `/v1/channels/${id}`, body: z.encode(ChannelForm, form) }),

  removeChannel: (id: string): Promise<void> => nothing({ method: 'DELETE', path: `/v1/channels/${id}` }),
})
