import type { Key, KeyList } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'

/** Whether a provider's keys answer first, stand in, or answer nothing. */
export type Place = 'primary' | 'backup' | 'unused'

/** The connected keys of a provider, in the order in which they answer; at least one. */
export type ProviderKeys = {
  readonly provider: ProviderName
  readonly keys: readonly [Key, ...Key[]]
}

/** Who has which place. */
export type Places = {
  readonly primary: ProviderKeys | undefined
  readonly backup: ProviderKeys | undefined
  readonly unused: readonly ProviderKeys[]
}

type Listed = Pick<KeyList, 'keys' | 'routing'>

/** The keys that are connected; the vault may still list others. */
export const connectedOf = (keys: readonly Key[]): readonly Key[] => keys.filter(({ connected }) => connected)

const byProvider = (keys: readonly Key[]): readonly ProviderKeys[] => {
  const providers = [...new Set(keys.map(({ provider }) => provider))]
  return providers.flatMap((provider) => {
    const [first, ...others] = keys.filter((key) => key.provider === provider)
    return first === undefined ? [] : [{ provider, keys: [first, ...others] as const }]
  })
}

/** The connected keys by place, each provider once. */
export const placesOf = ({ keys, routing }: Listed): Places => {
  const all = byProvider(connectedOf(keys))
  const at = (name: ProviderName | null) => all.find(({ provider }) => provider === name)
  const placed = [routing.primary, routing.backup]
  return {
    primary: at(routing.primary),
    backup: at(routing.backup),
    unused: all.filter(({ provider }) => !placed.includes(provider)),
  }
}

/** The keys that may be asked for a draft, in the order in which they are. */
export const inOrder = (list: Listed): readonly Key[] => {
  const { primary, backup } = placesOf(list)
  return [...(primary?.keys ?? []), ...(backup?.keys ?? [])]
}

/** Whether a key may answer for a channel; `null` is a site without one. */
export const mayAnswerFor = ({ channels }: Key, channelId: string | null): boolean =>
  channels === null || channels.some(({ id }) => id === channelId)

/** Whether a key is limited to channels of which none is left, so that it answers nowhere. */
export const isSilent = ({ channels }: Key): boolean => channels?.length === 0

/** The keys that answer nowhere once a channel is gone. */
export const silentWithout = (channelId: string, keys: readonly Key[]): readonly Key[] =>
  keys.filter(({ channels }) => channels?.length === 1 && channels[0]?.id === channelId)

/** When a key answers. `only`: there is no other. `next`: after the others of its provider. `meanwhile`: it stands in, and nobody before it works. */
export type Rank = 'only' | 'first' | 'next' | 'backup' | 'meanwhile' | 'unused'

/** When a key answers, among those of a list. One that is limited to channels is ranked as if it were not. */
export const rankOf = (key: Key, list: Listed): Rank => {
  if (connectedOf(list.keys).length === 1) return 'only'
  const { primary, backup } = placesOf(list)
  const works = (one: Key) => one.state === 'active'
  if (primary?.provider === key.provider) {
    const first = primary.keys.find(works) ?? primary.keys[0]
    return first.id === key.id ? 'first' : 'next'
  }
  if (backup?.provider !== key.provider) return 'unused'
  return primary?.keys.some(works) === true ? 'backup' : 'meanwhile'
}

/** Whether a provider has several keys, so that each is told by its label. */
export const isOneOfSeveral = (key: Key, keys: readonly Key[]): boolean =>
  connectedOf(keys).filter(({ provider }) => provider === key.provider).length > 1
