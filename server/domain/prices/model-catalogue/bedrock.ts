import type { BedrockRegion } from '../../../../shared/keys.ts'
import type { ModelProfile } from '../models.ts'
import { times } from '../multiplier.ts'
import { eachRate, type RatedEntry, type Rates } from '../prices.ts'
import { anthropicModels } from './anthropic.ts'

/** Projects that read AWS's price lists and agree that a place costs 1.1 times what Anthropic and `global` cost. */
const READERS = 'AWS’s price list, as read by genai-prices 0.1.8 and models.dev'
const PLACE_FACTOR = '1.1'

/** Where an answer may be made, by the beginning of a model's id: all over the world, in a part of it, or in the key's own region alone. */
const places = {
  global: 'global',
  us: 'US',
  eu: 'EU',
  jp: 'Japan',
  au: 'Australia',
  in: 'India',
  region: undefined,
} as const
type Place = keyof typeof places

/** What stays in a part of the world comes before what may be answered anywhere: nobody's words leave it by default. */
const RANKS_OF_PLACES = 100

/** A model on Bedrock: Anthropic's id of it, its id there without the place, and the places where it is sold. */
type Sold = {
  readonly of: string
  readonly id: string
  readonly in: readonly Place[]
  readonly apiVersion?: string
}

/** The protocol of models before Claude 4.7, which refuse the SDK's. */
const EARLIER = { apiVersion: 'bedrock-2023-05-31' }

/** Source of every id: AWS's model cards, and models.dev as of 2026-11. */
const sold: readonly Sold[] = [
  {
    of: 'claude-haiku-5-5',
    id: 'anthropic.claude-haiku-5-5',
    in: ['global', 'us', 'eu', 'jp', 'au'],
  },
  {
    of: 'claude-haiku-4-5-20251001',
    id: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    in: ['global', 'us', 'eu', 'jp', 'au', 'in', 'region'],
    ...EARLIER,
  },
  {
    of: 'claude-sonnet-5-5',
    id: 'anthropic.claude-sonnet-5-5',
    in: ['global', 'us', 'eu', 'region'],
  },
  {
    of: 'claude-sonnet-5',
    id: 'anthropic.claude-sonnet-5',
    in: ['global', 'us', 'eu', 'jp', 'au', 'in', 'region'],
  },
  {
    of: 'claude-sonnet-4-6',
    id: 'anthropic.claude-sonnet-4-6',
    in: ['global', 'us', 'eu', 'jp', 'au', 'region'],
    ...EARLIER,
  },
  {
    of: 'claude-sonnet-4-5-20250929',
    id: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    in: ['global', 'us', 'eu', 'jp', 'au', 'region'],
    ...EARLIER,
  },
  {
    of: 'claude-opus-5-5',
    id: 'anthropic.claude-opus-5-5',
    in: ['global', 'us', 'eu', 'jp', 'au', 'region'],
  },
  {
    of: 'claude-opus-5',
    id: 'anthropic.claude-opus-5',
    in: ['global', 'us', 'eu', 'jp', 'au', 'in'],
  },
  {
    of: 'claude-opus-4-8',
    id: 'anthropic.claude-opus-4-8',
    in: ['global', 'us', 'eu', 'jp', 'au', 'region'],
  },
  {
    of: 'claude-opus-4-7',
    id: 'anthropic.claude-opus-4-7',
    in: ['global', 'us', 'eu', 'jp', 'au', 'region'],
  },
  {
    of: 'claude-opus-4-5-20251101',
    id: 'anthropic.claude-opus-4-5-20251101-v1:0',
    in: ['global', 'us', 'eu', 'region'],
    ...EARLIER,
  },
  {
    of: 'claude-fable-5-1',
    id: 'anthropic.claude-fable-5-1',
    in: ['global', 'us', 'region'],
  },
]

/** The parts of the world to which regions belong; the others have none but the whole. */
const parts: readonly (readonly [regions: RegExp, place: Place])[] = [
  [/^us-/, 'us'],
  [/^eu-/, 'eu'],
  [/^ap-northeast-1$/, 'jp'],
  [/^ap-southeast-2$/, 'au'],
  [/^ap-south-1$/, 'in'],
]

const idIn = (place: Place, id: string): string => (place === 'region' ? id : `${place}.${id}`)

const nameIn = (place: Place, name: string): string =>
  places[place] === undefined ? name : `${name} (${places[place]})`

const priceIn = (place: Place, model: string, { validFrom, rates, long }: RatedEntry): RatedEntry => {
  const factor = place === 'global' ? null : PLACE_FACTOR
  const there = (all: Rates): Rates => eachRate(all, (rate) => times(rate, factor))
  return {
    id: `bedrock/${model}@${validFrom}`,
    source: READERS,
    validFrom,
    rates: there(rates),
    long: long && { ...long, rates: there(long.rates) },
  }
}

const rankIn = (place: Place, rank: number | undefined): number | undefined =>
  rank === undefined || place !== 'global' ? rank : rank + RANKS_OF_PLACES

const modelIn = (place: Place, { id: baseId, apiVersion }: Sold, profile: ModelProfile): ModelProfile => {
  const id = idIn(place, baseId)
  return {
    ...profile,
    provider: 'bedrock',
    id,
    aliases: [],
    name: nameIn(place, profile.name),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    // AWS tells by its list when a model ends there.
    retiresAt: undefined,
    geoMultiplier: null,
    draftRank: rankIn(place, profile.draftRank),
    prices: profile.prices.map((entry) => priceIn(place, id, entry)),
  }
}

/** Claude on Bedrock, each model once for every place where it is sold: it is the same model as Anthropic's at another price. */
export const bedrockModels: readonly ModelProfile[] = sold.flatMap((one) =>
  anthropicModels
    .filter(({ id }) => id === one.of)
    .flatMap((profile) => one.in.map((place) => modelIn(place, one, profile))),
)

/**
 * The ids by which a region is known to share models with other regions. What answers in the region itself is left out: few models do, and which
 * ones only AWS tells.
 */
export const sharedIn = (region: BedrockRegion): readonly string[] => {
  const part = parts.find(([regions]) => regions.test(region))?.[1]
  return sold.flatMap(({ id, in: soldIn }) =>
    soldIn.filter((place) => place === part || place === 'global').map((place) => idIn(place, id)),
  )
}
