import type { Routing } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'

/** Who answers and who stands in, as it was said last. Those who are named may have no key any more. */
export type StoredRouting = Routing

/** As long as nobody has said otherwise. */
const REMIND_AFTER_DAYS = 180

/** Keys in the order in which they answer. */
type Providing = readonly { readonly provider: ProviderName }[]

/**
 * Who answers and who stands in among the connected keys. A primary without a key leaves its place to the backup; where there is none, or nobody has
 * said anything, the provider of the first key answers: nobody does only where no key is connected. No provider stands in that was not chosen for it.
 */
export const inForce = (stored: StoredRouting | undefined, keys: Providing): Routing => {
  const connected = (name: ProviderName | null | undefined): ProviderName | null =>
    keys.find(({ provider }) => provider === name)?.provider ?? null
  const backup = connected(stored?.backup)
  const primary = connected(stored?.primary) ?? backup ?? keys[0]?.provider ?? null
  return {
    primary,
    backup: backup === primary ? null : backup,
    dearer: stored?.dearer ?? false,
    remindAfterDays: stored?.remindAfterDays ?? REMIND_AFTER_DAYS,
  }
}
