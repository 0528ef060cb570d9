import type { Channel } from '../../../shared/channels.ts'
import type { KeyReminder } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { type Listing, modelCard } from './key-models.ts'

const DAY_MS = 86_400_000
/** How long it may be that nobody could say whether a key is still taken, before admins are reminded of it. */
const UNCHECKED_MS = 3 * DAY_MS
/** How long before its end a model is pointed out. */
const RETIRING_MS = 60 * DAY_MS

/** What a key may be pointed out for. Moments are milliseconds since the epoch. */
export type RemindedKey = {
  readonly id: string
  readonly label: string
  readonly provider: ProviderName
  readonly model: string
  readonly listing: Listing
  /** Since when its current secret is here. */
  readonly storedAt: number
  readonly uncheckedSince: number | null
}

type ReminderParts = {
  readonly keys: readonly RemindedKey[]
  readonly channels: readonly Pick<Channel, 'name' | 'models'>[]
  readonly remindAfterDays: number
  readonly pricing: Pricing
  readonly at: number
}

const old = ({ keys, remindAfterDays, at }: ReminderParts): KeyReminder[] =>
  keys.flatMap(({ id: keyId, label, provider, storedAt }) => {
    const days = Math.floor((at - storedAt) / DAY_MS)
    return days > remindAfterDays ? [{ kind: 'old', keyId, label, provider, days }] : []
  })

const unchecked = ({ keys, at }: ReminderParts): KeyReminder[] =>
  keys.flatMap(({ id: keyId, label, provider, uncheckedSince: since }) =>
    since !== null && at - since > UNCHECKED_MS ? [{ kind: 'unchecked', keyId, label, provider, since }] : [],
  )

type Retiring = Extract<KeyReminder, { kind: 'retiring' }>

/** A model in use, if it ends soon; by whichever key's list says so first, or by the catalogue. */
const retiringModel = (
  { keys, channels, pricing, at }: ReminderParts,
  provider: ProviderName,
  model: string,
): Retiring | undefined => {
  const ofProvider = keys.filter((key) => key.provider === provider)
  const cards = ofProvider.map(({ listing }) => modelCard(provider, model, listing, at, pricing))
  const [first] = cards
    .flatMap((card) => (card.retiresAt === null ? [] : [{ modelName: card.name, retiresAt: card.retiresAt }]))
    .toSorted((one, other) => one.retiresAt - other.retiresAt)
  if (first === undefined || first.retiresAt - at > RETIRING_MS) return undefined
  return {
    kind: 'retiring',
    provider,
    model,
    ...first,
    usual: ofProvider.some((key) => key.model === model),
    channels: channels.filter(({ models }) => models[provider] === model).map(({ name }) => name),
  }
}

const retiring = (parts: ReminderParts): KeyReminder[] => {
  const { keys, channels } = parts
  const providers = [...new Set(keys.map(({ provider }) => provider))]
  return providers.flatMap((provider) => {
    const usual = keys.filter((key) => key.provider === provider).map(({ model }) => model)
    const chosen = channels.flatMap(({ models }) => models[provider] ?? [])
    return [...new Set([...usual, ...chosen])].flatMap((model) => retiringModel(parts, provider, model) ?? [])
  })
}

/** What an admin should see to: models that end within 60 days, keys whose provider cannot be asked, and keys that are old. */
export const remindersOf = (parts: ReminderParts): KeyReminder[] => [
  ...retiring(parts),
  ...unchecked(parts),
  ...old(parts),
]
