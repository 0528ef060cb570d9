import type { Key } from '../../../shared/keys.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { Vault } from '../../vault/client.ts'
import { type Reading, useReading } from '../reading.ts'

/** The cards of the workspace's keys, read only when `enabled`. */
export const useKeys = (vault: Vault, enabled = true): Reading<readonly Key[]> =>
  useReading(['keys'], vault.keys, enabled)

/** Providers that no key is connected of; one key per provider for now. */
export const unconnected = (keys: readonly Key[]): readonly ProviderName[] =>
  ProviderName.options.filter(
    (name) => !keys.some(({ provider, connected }) => connected && provider === name),
  )

/** Who answers when `gone` is disconnected; undefined when nobody does. */
export const standInFor = (gone: Key, keys: readonly Key[]): Key | undefined =>
  keys.find(({ id, connected, state }) => id !== gone.id && connected && state === 'active')

/** When a key answers. `only`: there is no other. `meanwhile`: it is the backup, and the first one does not work. */
export type Rank = 'only' | 'first' | 'backup' | 'meanwhile'

export const rankOf = (key: Key, keys: readonly Key[]): Rank => {
  if (keys.length === 1) return 'only'
  if (key.primary) return 'first'
  return keys.some(({ primary, state }) => primary && state === 'active') ? 'backup' : 'meanwhile'
}
