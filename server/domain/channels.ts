import { type Channel, type ChannelForm, channelOf } from '../../shared/channels.ts'
import { type Caller, requireAdmin, requireDrafter } from './identity/caller.ts'
import { type JudgeChoices, judgeChoices } from './keys/channel-models.ts'
import type { KeyStore } from './keys/keys.ts'
import type { PricingFor } from './prices/own-prices.ts'
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
  /**
   * Each change is written with its audit record. Refuses a clash with another living channel (`channel-exists`) and what `judge` refuses, judged in the
   * same transaction. Models that the form leaves out stay.
   */
  make(deed: ChannelDeed, form: ChannelForm, judge: JudgeChoices): Promise<Channel>
  /** Undefined when there is no such living channel. */
  change(deed: ChannelDeed, form: ChannelForm, judge: JudgeChoices): Promise<Channel | undefined>
  /** Its choices of models end, and so does the leave of keys to answer in it. False when there is no such living channel. */
  remove(deed: ChannelDeed): Promise<boolean>
}

type ChannelParts = {
  readonly channels: ChannelStore
  readonly keys: Pick<KeyStore, 'list'>
  readonly pricingFor: PricingFor
  readonly now: () => number
  readonly newId: () => string
}

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
const tidy = (form: ChannelForm): ChannelForm => ({ ...form, sites: [...new Set(form.sites)] })

const judgeFor = async (
  { keys, pricingFor, now }: Omit<ChannelParts, 'newId'>,
  { workspaceId }: Caller,
): Promise<JudgeChoices> =>
  judgeChoices({ keys: await keys.list(workspaceId), pricing: await pricingFor(workspaceId), at: now() })

/** The channels, by name, for whoever drafts. */
export const listChannels =
  ({ channels }: Pick<ChannelParts, 'channels'>) =>
  async (caller: Caller): Promise<Channel[]> => {
    requireDrafter(caller)
    return [...(await channels.list(caller.workspaceId))]
  }

/** Makes a channel, for owners and admins. */
export const makeChannel =
  (parts: ChannelParts) =>
  async (caller: Caller, form: ChannelForm): Promise<Channel> => {
    requireAdmin(caller)
    const deed = { workspaceId: caller.workspaceId, id: parts.newId(), by: caller.memberId }
    return parts.channels.make(deed, tidy(form), await judgeFor(parts, caller))
  }

/** Gives a channel another name, other sites or other models, for owners and admins. Receipts that it has stay with it. */
export const changeChannel =
  (parts: Omit<ChannelParts, 'newId'>) =>
  async (caller: Caller, id: string, form: ChannelForm): Promise<Channel> => {
    requireAdmin(caller)
    const deed = { workspaceId: caller.workspaceId, id, by: caller.memberId }
    const changed = await parts.channels.change(deed, tidy(form), await judgeFor(parts, caller))
    if (changed === undefined) throw new Refusal('not-found', {})
    return changed
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
