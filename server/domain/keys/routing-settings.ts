import { isMuchDearer, priceGap } from '../../../shared/books/gap.ts'
import type { Routing } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { EventFacts } from '../books/events.ts'
import type { Caller } from '../identity/caller.ts'
import type { PricedModel } from '../prices/models.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { Refusal } from '../refusal.ts'
import type { Arrangement } from './arrangement.ts'

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

/** The keys of the primary, then of the backup, then the others; within a provider in their order. */
export const inOrder = <K extends Providing[number]>(
  { primary, backup }: Routing,
  keys: readonly K[],
): readonly K[] => {
  const rank = ({ provider }: K): number => (provider === primary ? 0 : provider === backup ? 1 : 2)
  return keys.toSorted((one, other) => rank(one) - rank(other))
}

/** Keys with the model that they draft with. */
type Drafting = readonly { readonly provider: ProviderName; readonly model: string }[]

type PricesAt = { readonly pricing: Pricing; readonly at: number }

const usualOf = (
  { pricing, at }: PricesAt,
  keys: Drafting,
  name: ProviderName | null,
): PricedModel | undefined => {
  const first = keys.find(({ provider }) => provider === name)
  return first && pricing(first.provider, first.model, at)
}

const pricesOf = ({ entry }: PricedModel) => ({ input: entry.rates.freshInput, output: entry.rates.output })

/** Whether a backup’s model costs so much more than the primary’s that it may answer only where that is allowed; the same where it is asked and where it answers. */
export const isTooDear = (primary: PricedModel, backup: PricedModel): boolean =>
  isMuchDearer(priceGap(pricesOf(primary), pricesOf(backup)))

/** Refuses a backup whose usual model is much dearer than the primary’s, unless that is allowed. Where a price is not known there is nothing to compare. */
export const refuseDearer = (
  { primary, backup, dearer }: Routing,
  keys: Drafting,
  prices: PricesAt,
): void => {
  const [first, second] = [usualOf(prices, keys, primary), usualOf(prices, keys, backup)]
  if (backup === null || dearer || first === undefined || second === undefined) return
  if (isTooDear(first, second)) throw new Refusal('routing-refused', { reason: 'dearer', provider: backup })
}

/** Whether the same providers answer and stand in. */
export const isSamePair = (one: Routing, other: Routing): boolean =>
  one.primary === other.primary && one.backup === other.backup

/**
 * Who answers once `primary` does. A backup that becomes the primary leaves its place to the one before; any other backup stays. Leave for a dearer
 * backup was given for a pair of providers, so another pair has to ask again.
 */
export const withPrimary = (before: Routing, primary: ProviderName): Routing => {
  if (before.primary === primary) return before
  const backup = before.backup === primary ? before.primary : before.backup
  return { ...before, primary, backup, dearer: false }
}

/** What is different, under its name and with what was before; empty where nothing is. */
const differences = (before: Routing, after: Routing): EventFacts => {
  const facts: Record<string, string | number | boolean | null> = {}
  for (const name of ['primary', 'backup', 'dearer', 'remindAfterDays'] as const)
    if (before[name] !== after[name]) {
      facts[name] = after[name]
      facts[`${name}Before`] = before[name]
    }
  return facts
}

/** The change from one to the other, with its record; nothing where they are the same. */
export const routingArranged = (
  { workspaceId, memberId }: Pick<Caller, 'workspaceId' | 'memberId'>,
  before: Routing,
  after: Routing,
): Arrangement => {
  const facts = differences(before, after)
  if (Object.keys(facts).length === 0) return { records: [] }
  const record: AuditRecord = { workspaceId, kind: 'routing-changed', memberId, facts }
  return { routing: after, records: [record] }
}
