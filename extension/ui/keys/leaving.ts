import type { Key, KeyList } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { connectedOf, inOrder, isSilent, mayAnswerFor, placesOf } from './places.ts'

type Listed = Pick<KeyList, 'keys' | 'routing'>

/** What becomes of the drafts that a key answers, once it is gone. Channels are named as people do. */
export type Leaving =
  /** It answers nothing now. `refused`: its provider does not take it. `unused`: its provider has no place, or no channel is left for it. */
  | { readonly kind: 'nothing'; readonly why: 'refused' | 'unused' }
  /** Others answer everything that it may answer. `answering`: who answers first of all. */
  | { readonly kind: 'goes-on'; readonly answering: Key }
  | { readonly kind: 'stops-in'; readonly channels: readonly string[] }
  | { readonly kind: 'stops-but-in'; readonly channels: readonly string[] }
  | { readonly kind: 'stops' }

/** What a disconnected key changes about who stands in. `first`: the backup answers first from then on. `gone`: nobody stands in. */
export type BackupAfter = 'as-before' | 'first' | 'gone'

type Channel = NonNullable<Key['channels']>[number]

/** As the vault has it then: a primary without a key leaves its place to the backup, or where there is none to the next provider. */
const without = (gone: Key, { keys, routing }: Listed): Listed => {
  const left = connectedOf(keys).filter(({ id }) => id !== gone.id)
  const has = (name: ProviderName | null) => left.some(({ provider }) => provider === name)
  const backup = has(routing.backup) ? routing.backup : null
  const primary = has(routing.primary) ? routing.primary : (backup ?? left[0]?.provider ?? null)
  return { keys: left, routing: { ...routing, primary, backup: backup === primary ? null : backup } }
}

const answeringIn = (list: Listed, channelId: string | null): Key | undefined =>
  inOrder(list).find((key) => key.state === 'active' && mayAnswerFor(key, channelId))

const isInUse = ({ provider }: Key, list: Listed): boolean => {
  const { primary, backup } = placesOf(list)
  return provider === primary?.provider || provider === backup?.provider
}

/** Without a key that may answer for some channels only. */
const withoutLimited = (limits: readonly Channel[], rest: Listed): Leaving => {
  const stopping = limits.filter(({ id }) => answeringIn(rest, id) === undefined)
  const [answering] = limits.flatMap(({ id }) => answeringIn(rest, id) ?? [])
  return answering === undefined || stopping.length > 0
    ? { kind: 'stops-in', channels: stopping.map(({ name }) => name) }
    : { kind: 'goes-on', answering }
}

/** Without a key that may answer everywhere. */
const withoutUnlimited = (rest: Listed): Leaving => {
  const answering = answeringIn(rest, null)
  if (answering !== undefined) return { kind: 'goes-on', answering }
  const working = inOrder(rest).filter(({ state }) => state === 'active')
  const names = new Set(working.flatMap(({ channels }) => channels ?? []).map(({ name }) => name))
  return names.size === 0 ? { kind: 'stops' } : { kind: 'stops-but-in', channels: [...names] }
}

/** What stops and what goes on when a key is disconnected. Keys that rest count as working: they rest for minutes. */
export const leavingOf = (gone: Key, list: Listed): Leaving => {
  if (!isInUse(gone, list) || isSilent(gone)) return { kind: 'nothing', why: 'unused' }
  if (gone.state === 'rejected') return { kind: 'nothing', why: 'refused' }
  const rest = without(gone, list)
  return gone.channels === null ? withoutUnlimited(rest) : withoutLimited(gone.channels, rest)
}

/** Who stands in once a key is gone: the last key of the primary leaves its place to the backup. */
export const backupAfter = (gone: Key, list: Listed): BackupAfter => {
  const { primary, backup } = placesOf(list)
  const isLast = without(gone, list).keys.every(({ provider }) => provider !== gone.provider)
  if (backup === undefined || !isLast) return 'as-before'
  if (gone.provider === primary?.provider) return 'first'
  return gone.provider === backup.provider ? 'gone' : 'as-before'
}
