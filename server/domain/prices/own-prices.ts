import type { OwnPrice, PriceTerms } from '../../../shared/books/prices.ts'
import { dollars } from '../../../shared/money.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { OwnMark } from '../../../shared/receipts.ts'
import type { AuditRecord } from '../books/audit.ts'
import { type ModelProfile, type PricedModel, priceFor } from './models.ts'
import { times } from './multiplier.ts'
import { eachRate, perMillionToRate, type RatedEntry, type Rates } from './prices.ts'

/** An own price as it is stored; of one model the last one is in force. */
export type StoredPrice = OwnPrice & { readonly provider: ProviderName; readonly model: string }

/** Where own prices are written down. None is ever changed or removed. */
export type OwnPriceStore = {
  /** Every one, of each model the newest first. */
  list(workspaceId: string): Promise<readonly StoredPrice[]>
  /** Adds one, in force from `setAt`, together with its audit record. */
  add(
    workspaceId: string,
    price: Omit<StoredPrice, 'setBy'> & { readonly setById: string },
    record: AuditRecord,
  ): Promise<void>
}

/** What a model of a provider costs at a moment (ms) in one workspace; undefined: no price is known, so refuse. */
export type Pricing = {
  (provider: ProviderName, modelId: string, at: number): PricedModel | undefined
  /** The models of a provider that admins have set a price for, which may be in no list. */
  readonly ownModels: (provider: ProviderName) => readonly string[]
}

/** The pricing of a workspace as it is now. */
export type PricingFor = (workspaceId: string) => Promise<Pricing>

/** Room for a draft of a model of which nothing is known: as for models that think unasked. */
const UNKNOWN_OUTPUT_TOKENS = 4_096

/** A model that is in no catalogue: it is asked plainly, and its answer is priced at the ceiling whatever the region. */
const unknownProfile = (provider: ProviderName, id: string): ModelProfile => ({
  provider,
  id,
  aliases: [],
  name: id,
  contextTokens: UNKNOWN_OUTPUT_TOKENS,
  outputTokens: UNKNOWN_OUTPUT_TOKENS,
  minCacheable: undefined,
  tokenizer: 'new',
  reasoning: 'none',
  draftOutputTokens: UNKNOWN_OUTPUT_TOKENS,
  retiresAt: undefined,
  geoMultiplier: null,
  draftRank: undefined,
  prices: [],
})

const HUNDRED_PERCENT = 10_000

/** The factor that a discount leaves, such as "0.875" for "12.5" percent. */
const remaining = (percent: string): string => {
  const left = HUNDRED_PERCENT - Math.round(Number(percent) * 100)
  return `0.${String(left).padStart(4, '0')}`
}

const markOf = ({ terms, setBy, setAt }: StoredPrice, kind: OwnMark['kind']): OwnMark => ({
  kind,
  by: setBy,
  at: setAt,
  percent: terms.kind === 'discount' ? terms.percent : null,
})

const entryOf = (
  own: StoredPrice,
  kind: OwnMark['kind'],
  priced: Pick<RatedEntry, 'rates' | 'long'>,
): RatedEntry => ({
  id: `own/${own.id}`,
  source: `set by ${own.setBy}`,
  validFrom: new Date(own.setAt).toISOString().slice(0, 10),
  own: markOf(own, kind),
  ...priced,
})

const discounted = ({ rates, long }: RatedEntry, percent: string): Pick<RatedEntry, 'rates' | 'long'> => {
  const less = (all: Rates): Rates => eachRate(all, (rate) => times(rate, remaining(percent)))
  return { rates: less(rates), long: long && { ...long, rates: less(long.rates) } }
}

const ratesUnder = ({ input, output }: Extract<PriceTerms, { kind: 'ceiling' }>): Rates => {
  const read = perMillionToRate(input)
  const written = perMillionToRate(output)
  return {
    freshInput: read,
    cacheRead: read,
    cacheWrite5m: read,
    cacheWrite30m: read,
    cacheWrite1h: read,
    output: written,
    reasoning: written,
  }
}

const ratesAt = ({ perMillion }: Extract<PriceTerms, { kind: 'price' }>): Rates =>
  eachRate(perMillion, perMillionToRate)

const nothing = perMillionToRate(dollars('0'))
const freeRates: Rates = {
  freshInput: nothing,
  cacheRead: nothing,
  cacheWrite5m: nothing,
  cacheWrite30m: nothing,
  cacheWrite1h: nothing,
  output: nothing,
  reasoning: nothing,
}

/** The rates of a model that is in no catalogue; undefined: nobody has said what it costs. */
const saidRates = (terms: PriceTerms): Rates | undefined => {
  if (terms.kind === 'ceiling') return ratesUnder(terms)
  if (terms.kind === 'price') return ratesAt(terms)
  return terms.kind === 'free' ? freeRates : undefined
}

const unlisted = (own: StoredPrice): PricedModel | undefined => {
  const { kind } = own.terms
  const rates = saidRates(own.terms)
  if (rates === undefined || kind === 'list') return undefined
  return {
    profile: unknownProfile(own.provider, own.model),
    entry: entryOf(own, kind, { rates, long: null }),
  }
}

const ownPriceOf = ({ profile, entry }: PricedModel, own: StoredPrice): PricedModel => {
  const { terms } = own
  if (terms.kind === 'discount')
    return { profile, entry: entryOf(own, 'discount', discounted(entry, terms.percent)) }
  if (terms.kind !== 'price') return { profile, entry }
  return { profile, entry: entryOf(own, 'price', { rates: ratesAt(terms), long: entry.long }) }
}

/** The pricing that these own prices (of each model the newest first) make of the list. A ceiling, and being free, ends where the list knows a price. */
export const pricingWith = (stored: readonly StoredPrice[]): Pricing => {
  const priced = (provider: ProviderName, modelId: string, at: number): PricedModel | undefined => {
    const listed = priceFor(provider, modelId, at)
    const model = listed?.profile.id ?? modelId
    const own = stored.find((one) => one.provider === provider && one.model === model && one.setAt <= at)
    if (own === undefined) return listed
    return listed === undefined ? unlisted(own) : ownPriceOf(listed, own)
  }
  const ownModels = (provider: ProviderName): readonly string[] => [
    ...new Set(stored.filter((own) => own.provider === provider).map(({ model }) => model)),
  ]
  return Object.assign(priced, { ownModels })
}

/** The pricing of a workspace, read once for each request. */
export const pricingFrom =
  ({ ownPrices }: { readonly ownPrices: Pick<OwnPriceStore, 'list'> }): PricingFor =>
  async (workspaceId) =>
    pricingWith(await ownPrices.list(workspaceId))
