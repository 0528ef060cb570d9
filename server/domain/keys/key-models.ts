import { usualCost } from '../../../shared/books/usual-draft.ts'
import type { KeyModel, Preset } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { catalogue } from '../prices/model-catalogue.ts'
import { modelName, type PricedModel, profileOf } from '../prices/models.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { perMillion } from '../prices/prices.ts'
import type { ListedModel } from '../provider.ts'
import { presetsOf } from './presets.ts'

/** A model that ends within this time is nobody's default. */
const SOON_MS = 60 * 86_400_000

/** What a provider listed for a key; null when the key may not read the list, then every model that we know is offered. */
export type Listing = readonly ListedModel[] | null

/** A model of a key, by the catalogue's id where the catalogue knows it. `priced` undefined: it cannot be chosen. */
type Offered = {
  readonly id: string
  readonly name: string
  readonly contextTokens: number | undefined
  readonly retiresAt: number | undefined
  readonly priced: PricedModel | undefined
}

/** A model of which the provider has told nothing. */
const untold = (id: string): ListedModel => ({
  id,
  name: undefined,
  contextTokens: undefined,
  outputTokens: undefined,
  retiresAt: undefined,
})

/** The models that we know of a provider, and those that admins know, where it lists none itself. */
const known = (provider: ProviderName, pricing: Pricing): readonly ListedModel[] => [
  ...catalogue.filter((profile) => profile.provider === provider).map(({ id }) => untold(id)),
  ...pricing.ownModels(provider).map(untold),
]

const offeredAs = (provider: ProviderName, listed: ListedModel, at: number, pricing: Pricing): Offered => {
  const priced = pricing(provider, listed.id, at)
  const profile = priced && profileOf(provider, listed.id)
  return {
    id: profile?.id ?? listed.id,
    name: profile?.name ?? listed.name ?? listed.id,
    contextTokens: listed.contextTokens ?? profile?.contextTokens,
    retiresAt: listed.retiresAt ?? profile?.retiresAt,
    priced,
  }
}

const isRetired = ({ retiresAt }: Offered, at: number): boolean => retiresAt !== undefined && retiresAt <= at

const offers = (
  provider: ProviderName,
  listing: Listing,
  at: number,
  pricing: Pricing,
): readonly Offered[] => {
  const all = (listing ?? known(provider, pricing)).map((listed) => offeredAs(provider, listed, at, pricing))
  const once = new Map(all.map((offered) => [offered.id, offered]))
  return [...once.values()].filter((offered) => !isRetired(offered, at))
}

const retiresSoon = ({ retiresAt }: Offered, at: number): boolean =>
  retiresAt !== undefined && retiresAt - at <= SOON_MS

/** Lower is better: stays for a while, ranked for support drafts by the catalogue, cheap to write with; then by id, so that it never wavers. */
const byFitness =
  (at: number) =>
  (a: Offered, b: Offered): number => {
    const soon = Number(retiresSoon(a, at)) - Number(retiresSoon(b, at))
    if (soon !== 0) return soon
    const rank = (a.priced?.profile.draftRank ?? Infinity) - (b.priced?.profile.draftRank ?? Infinity)
    if (rank !== 0 && !Number.isNaN(rank)) return rank
    const cost = (a.priced?.entry.rates.output ?? 0n) - (b.priced?.entry.rates.output ?? 0n)
    if (cost !== 0n) return cost < 0n ? -1 : 1
    return a.id < b.id ? -1 : 1
  }

/** Whether a key may use a model that is not retired, whatever it costs. A key that may not read its list is taken to. */
export const mayUse = (provider: ProviderName, listing: Listing, model: string, at: number): boolean => {
  const profile = profileOf(provider, model)
  const isModel = (id: string): boolean =>
    id === model || (profile !== undefined && profileOf(provider, id) === profile)
  const listed = listing?.find(({ id }) => isModel(id))
  if (listing !== null && listed === undefined) return false
  const retiresAt = listed?.retiresAt ?? profile?.retiresAt
  return retiresAt === undefined || retiresAt > at
}

/** The models that can be chosen, the best default first: those that the key may use, that are not retired, and whose price is known. */
export const choosable = (
  provider: ProviderName,
  listing: Listing,
  at: number,
  pricing: Pricing,
): readonly string[] =>
  offers(provider, listing, at, pricing)
    .filter(({ priced }) => priced !== undefined)
    .toSorted(byFitness(at))
    .map(({ id }) => id)

const cardOf = ({ id, name, contextTokens, retiresAt, priced }: Offered): Omit<KeyModel, 'presets'> => ({
  id,
  name,
  price:
    priced === undefined
      ? null
      : {
          input: perMillion(priced.entry.rates.freshInput),
          output: perMillion(priced.entry.rates.output),
        },
  contextTokens: contextTokens ?? null,
  retiresAt: retiresAt ?? null,
})

const presetsAmong = (fittest: readonly Offered[], at: number): ((id: string) => Preset[]) =>
  presetsOf(
    fittest
      .filter((offered) => !retiresSoon(offered, at))
      .flatMap(({ id, priced }) => {
        if (priced === undefined) return []
        const { freshInput: input, output } = priced.entry.rates
        const cost = usualCost({ input: perMillion(input), output: perMillion(output) })
        return [{ id, cost, rank: priced.profile.draftRank }]
      }),
  )

/** What an admin may choose from, the best first; models without a known price come last and cannot be chosen. */
export const modelCards = (
  provider: ProviderName,
  listing: Listing,
  at: number,
  pricing: Pricing,
): KeyModel[] => {
  const all = offers(provider, listing, at, pricing)
  const priced = all.filter(({ priced }) => priced !== undefined).toSorted(byFitness(at))
  const presets = presetsAmong(priced, at)
  return [...priced, ...all.filter(({ priced }) => priced === undefined)].map((offered) => ({
    ...cardOf(offered),
    presets: presets(offered.id),
  }))
}

/** The card of the model in use, also when the provider does not list it any more. */
export const modelCard = (
  provider: ProviderName,
  model: string,
  listing: Listing,
  at: number,
  pricing: Pricing,
): KeyModel => {
  const listed = (listing ?? []).find(({ id }) => id === model || profileOf(provider, id)?.id === model)
  const shown = listed ?? { ...untold(model), name: modelName(provider, model) }
  const offered = modelCards(provider, listing, at, pricing).find(({ id }) => id === model)
  return { ...cardOf(offeredAs(provider, shown, at, pricing)), presets: offered?.presets ?? [] }
}
