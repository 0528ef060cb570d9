import { type Channel, type ChannelForm, channelOf } from '../../shared/channels.ts'
import { type Caller, requireAdmin, requireDrafter } from './identity/caller.ts'
import { Refusal } from './refusal.ts'

/** A channel about to be written; `by` is the member who does it. */
export type ChannelDeed = {
  readonly workspaceId: string
  readonly id: string
  readonly by: string
}

/** Where channels are written down. Removed ones stay, so that old receipts keep their name. */
export type ChannelStore = {
  /** Living channels, by name. */
  list(workspaceId: string): Promise<readonly Channel[]>
  /** The same with nothing but names and sites, as lean as it can be: each draft asks for it. */
  sites(workspaceId: string): Promise<readonly Pick<Channel, 'id' | 'name' | 'sites'>[]>
  /** Each change is written with its audit record. Refuses a clash with another living channel (`channel-exists`), judged in the same transaction. */
  make(deed: ChannelDeed, form: ChannelForm): Promise<void>
  /** False when there is no such living channel. */
  change(deed: ChannelDeed, form: ChannelForm): Promise<boolean>
  remove(deed: ChannelDeed): Promise<boolean>
}

type ChannelParts = { readonly channels: ChannelStore; readonly newId: () => string }

const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Refuses a form whose name or site another channel has: a receipt must belong to one of them, and people must tell them apart. */
export const refuseClash = (form: ChannelForm, others: readonly Channel[]): void => {
  const namesake = others.find(({ name }) => isSameName(name, form.name))
  if (namesake !== undefined) throw new Refusal('channel-exists', { name: namesake.name, site: null })
  for (const { name, sites } of others) {
    const site = form.sites.find((one) => sites.includes(one))
    if (site !== undefined) throw new Refusal('channel-exists', { name, site })
  }
}

/** The form with each site once. */
const tidy = ({ name, sites }: ChannelForm): Omit<ChannelForm, 'models'> => ({
  name,
  sites: [...new Set(sites)],
})

/** The channels, by name, for whoever drafts. */
export const listChannels =
  ({ channels }: Pick<ChannelParts, 'channels'>) =>
  async (caller: Caller): Promise<Channel[]> => {
    requireDrafter(caller)
    return [...(await channels.list(caller.workspaceId))]
  }

/** Makes a channel, for owners and admins. */
export const makeChannel =
  ({ channels, newId }: ChannelParts) =>
  async (caller: Caller, form: ChannelForm): Promise<Channel> => {
    requireAdmin(caller)
    const tidied = tidy(form)
    const id = newId()
    await channels.make({ workspaceId: caller.workspaceId, id, by: caller.memberId }, tidied)
    return { id, models: {}, ...tidied }
  }

/** Gives a channel another name or other sites, for owners and admins. Receipts that it has stay with it. */
export const changeChannel =
  ({ channels }: Pick<ChannelParts, 'channels'>) =>
  async (caller: Caller, id: string, form: ChannelForm): Promise<Channel> => {
    requireAdmin(caller)
    const tidied = tidy(form)
    const deed = { workspaceId: caller.workspaceId, id, by: caller.memberId }
    if (!(await channels.change(deed, tidied))) throw new Refusal('not-found', {})
    return { id, models: {}, ...tidied }
  }

/** Removes a channel, for owners and admins. Its receipts keep its name; new drafts on its sites belong to none. */
export const removeChannel =
  ({ channels }: Pick<ChannelParts, 'channels'>) =>
  async (caller: Caller, id: string): Promise<void> => {
    requireAdmin(caller)
    const deed = { workspaceId: caller.workspaceId, id, by: caller.memberId }
    if (!(await channels.remove(deed))) throw new Refusal('not-found', {})
  }

/** The channel to which a site belongs; one query, and none without a site. */
export const channelFor =
  ({ channels }: { readonly channels: Pick<ChannelStore, 'sites'> }) =>
  async (workspaceId: string, site: string | undefined): Promise<Pick<Channel, 'id' | 'name'> | null> =>
    site === undefined ? null : (channelOf(site, await channels.sites(workspaceId)) ?? null)
