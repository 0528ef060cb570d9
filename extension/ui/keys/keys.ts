import type { Key, KeyList } from '../../../shared/keys.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { Vault } from '../../vault/client.ts'
import { type Reading, useReading } from '../reading.ts'

/** The workspace's keys with who answers first, read only when `enabled`. */
export const useKeyList = (vault: Vault, enabled = true): Reading<KeyList> =>
  useReading(['keys'], vault.keyList, enabled)

/** The cards of the workspace's keys, read only when `enabled`. */
export const useKeys = (vault: Vault, enabled = true): Reading<readonly Key[]> => {
  const list = useKeyList(vault, enabled)
  return list.state === 'ready' ? { state: 'ready', value: list.value.keys } : list
}

/** Every provider, those without a key first. */
export const providersToConnect = (keys: readonly Key[]): readonly ProviderName[] => {
  const has = (name: ProviderName): boolean =>
    keys.some(({ provider, connected }) => connected && provider === name)
  return ProviderName.options.toSorted((one, other) => Number(has(one)) - Number(has(other)))
}
