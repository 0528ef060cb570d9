import type { ProviderName } from '../../../shared/providers.ts'
import type { Reasoning, Tokenizer } from '../provider.ts'
import { catalogue } from './model-catalogue.ts'
import type { RatedEntry } from './prices.ts'

/** What we know of a model: enough to ask it for a draft and to price the answer. */
export type ModelProfile = {
  readonly provider: ProviderName
  readonly id: string
  /** Other exact ids of the same model. */
  readonly aliases: readonly string[]
  readonly name: string
  /** Tokens. */
  readonly contextTokens: number
  /** The most that the model can write, in tokens. */
  readonly outputTokens: number
  /** Tokens below which a prefix is silently not cached; undefined where the provider does not tell. */
  readonly minCacheable: number | undefined
  readonly tokenizer: Tokenizer
  readonly reasoning: Reasoning
  /** The output limit of a draft, in tokens: larger where hidden reasoning eats from it. */
  readonly draftOutputTokens: number
  /** Milliseconds since the epoch; undefined when no day is known. */
  readonly retiresAt: number | undefined
  /** Factor of a call that the provider bound to the region `us`, such as "1.1"; null where there is none. */
  readonly geoMultiplier: string | null
  /** Place among the models that suit support drafts, 1 first; undefined for models that nobody should get by default. */
  readonly draftRank: number | undefined
  /** The version of the protocol that the model is asked by, where it is not the newest. */
  readonly apiVersion?: string
  /** Newest first. */
  readonly prices: readonly RatedEntry[]
}

/** A model and the price that was in force at the asked moment. */
export type PricedModel = { readonly profile: ModelProfile; readonly entry: RatedEntry }

const nameOf = (provider: ProviderName, id: string): string => `${provider}/${id}`

const byId: ReadonlyMap<string, ModelProfile> = new Map(
  catalogue.flatMap((profile) =>
    [profile.id, ...profile.aliases].map((id) => [nameOf(profile.provider, id), profile] as const),
  ),
)

/** The profile of exactly this id or alias; never a relative with a similar name. */
export const profileOf = (provider: ProviderName, modelId: string): ModelProfile | undefined =>
  byId.get(nameOf(provider, modelId))

/** What people call the model; its id where we do not know it. */
export const modelName = (provider: ProviderName, modelId: string): string =>
  profileOf(provider, modelId)?.name ?? modelId

/** The ids of the models whose id or name contains a text in lower case. */
export const modelsNamed = (text: string): readonly string[] => [
  ...new Set(
    catalogue
      .filter(({ id, name }) => id.includes(text) || name.toLowerCase().includes(text))
      .flatMap(({ id, aliases }) => [id, ...aliases]),
  ),
]

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The model and its price at `at` (ms). Undefined means that the price is unknown: refuse, never guess. */
export const priceFor = (provider: ProviderName, modelId: string, at: number): PricedModel | undefined => {
  const profile = profileOf(provider, modelId)
  const entry = profile?.prices.find(({ validFrom }) => startOf(validFrom) <= at)
  return profile === undefined || entry === undefined ? undefined : { profile, entry }
}
