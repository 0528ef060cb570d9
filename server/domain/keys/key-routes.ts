import type { ProviderName } from '../../../shared/providers.ts'
import type { Candidate } from '../drafts/attempts.ts'
import type { RoutedKey, RoutingParts } from '../drafts/routing.ts'
import { type Listing, mayUse } from './key-models.ts'
import { inForce, type StoredRouting } from './routing-settings.ts'

/** A connected key as a draft needs it. `model` is its provider's usual one. */
export type RoutableKey = Candidate & {
  readonly state: 'active' | 'rejected'
  /** Ids of the channels that it may answer for; null: all. */
  readonly channels: readonly string[] | null
  /** The model that its provider is to answer with in the channel, and what the key may use; null: nothing is chosen there. */
  readonly choice: { readonly model: string; readonly listing: Listing } | null
}

/** Where routes are read: one query, since each draft waits for it. */
export type RouteStore = {
  /** Connected keys in their order, with the choices of a channel, and who answers; undefined where nobody has said so. */
  routable(
    workspaceId: string,
    channelId: string | null,
  ): Promise<{ readonly keys: readonly RoutableKey[]; readonly routing: StoredRouting | undefined }>
}

type RouteParts = { readonly keys: RouteStore; readonly now: () => number }

const mayAnswer = ({ channels }: RoutableKey, channelId: string | null | undefined): boolean =>
  channelId === undefined || channels === null || (channelId !== null && channels.includes(channelId))

const modelOf = ({ provider, model, choice }: RoutableKey, at: number): string =>
  choice !== null && mayUse(provider, choice.listing, choice.model, at) ? choice.model : model

const routed = (key: RoutableKey, place: RoutedKey['place'], at: number): RoutedKey => ({
  keyId: key.keyId,
  provider: key.provider,
  label: key.label,
  version: key.version,
  baseAddress: key.baseAddress,
  model: modelOf(key, at),
  state: key.state,
  place,
})

/**
 * Who answers in a channel, without any secret: the keys of the primary in their order, then those of the backup. Each answers with the channel’s
 * model where it may use it, otherwise with its provider’s usual one.
 */
export const keyRoutes =
  ({ keys, now }: RouteParts): RoutingParts['routesFor'] =>
  async (workspaceId, channelId) => {
    const { keys: connected, routing } = await keys.routable(workspaceId, channelId ?? null)
    const { primary, backup, dearer } = inForce(routing, connected)
    const at = now()
    const of = (provider: ProviderName | null, place: RoutedKey['place']): readonly RoutedKey[] =>
      connected
        .filter((key) => key.provider === provider && mayAnswer(key, channelId))
        .map((key) => routed(key, place, at))
    return {
      keys: [...of(primary, 'primary'), ...of(backup, 'backup')],
      connected: [...new Set(connected.map(({ provider }) => provider))],
      backup: backup !== null,
      dearer,
    }
  }
