import {
  isUnusual,
  type ListPrice,
  type ModelPrice,
  type PriceChange,
  type PriceTerms,
} from '../../../shared/books/prices.ts'
import { Usd } from '../../../shared/money.ts'
import { buckets } from '../../../shared/providers.ts'
import type { EventFacts } from '../books/events.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import { modelCards } from '../keys/key-models.ts'
import type { KeyStore, StoredKey } from '../keys/keys.ts'
import { Refusal } from '../refusal.ts'
import { modelName, type PricedModel, priceFor } from './models.ts'
import { type OwnPriceStore, type Pricing, pricingWith, type StoredPrice } from './own-prices.ts'
import { eachRate, perMillion, type RatedEntry } from './prices.ts'

type PriceParts = {
  readonly keys: Pick<KeyStore, 'list'>
  readonly ownPrices: OwnPriceStore
  readonly now: () => number
  readonly newId: () => string
}

/** What saying a price needs. */
export type SettingParts = Pick<PriceParts, 'ownPrices' | 'now' | 'newId'>

const listPriceOf = ({ id, source, validFrom, rates, long }: RatedEntry): ListPrice => ({
  id,
  source,
  validFrom,
  perMillion: eachRate(rates, perMillion),
  longOver: long?.overInputTokens ?? null,
})

/** A model by the id that the catalogue or its provider gives it. */
type Named = Pick<ModelPrice, 'provider' | 'model' | 'modelName' | 'inUse'>

const modelsOf = ({ provider, model, listing }: StoredKey, at: number, pricing: Pricing): readonly Named[] =>
  modelCards(provider, listing, at, pricing).map(({ id, name }) => {
    return { provider, model: id, modelName: name, inUse: id === model }
  })

const isSame = (one: Pick<Named, 'provider' | 'model'>, other: Pick<Named, 'provider' | 'model'>): boolean =>
  one.provider === other.provider && one.model === other.model

/** Each model once, whichever keys of its provider may use it; in use when one of them drafts with it. */
const once = (models: readonly Named[]): readonly Named[] =>
  models
    .filter((model, place) => models.findIndex((one) => isSame(one, model)) === place)
    .map((model) => ({ ...model, inUse: models.some((one) => one.inUse && isSame(one, model)) }))

const named = (keys: readonly StoredKey[], stored: readonly StoredPrice[], at: number): readonly Named[] => {
  const offered = once(keys.flatMap((key) => modelsOf(key, at, pricingWith(stored))))
  const others = stored
    .filter((own, place) => stored.findIndex((one) => isSame(one, own)) === place)
    .filter((own) => !offered.some((one) => isSame(one, own)))
    .map(({ provider, model }) => ({ provider, model, modelName: modelName(provider, model), inUse: false }))
  return [...offered, ...others]
}

const priceOf = (model: Named, stored: readonly StoredPrice[], at: number): ModelPrice => {
  const listed = priceFor(model.provider, model.model, at)
  return {
    ...model,
    list: listed === undefined ? null : listPriceOf(listed.entry),
    own: stored
      .filter((own) => isSame(own, model))
      .map(({ id, terms, setBy, setAt }) => ({ id, terms, setBy, setAt })),
  }
}

/** What the models of a workspace cost, for owners and admins. */
export const listPrices =
  ({ keys, ownPrices, now }: Omit<PriceParts, 'newId'>) =>
  async (caller: Caller): Promise<ModelPrice[]> => {
    requireAdmin(caller)
    const stored = await ownPrices.list(caller.workspaceId)
    const at = now()
    return named(await keys.list(caller.workspaceId), stored, at).map((model) => priceOf(model, stored, at))
  }

const issue = (rule: string): Refusal =>
  new Refusal('malformed-request', { issues: [{ path: 'terms.kind', rule }] })

/**
 * Terms must fit what is known: a ceiling is for a model without a price, everything else for one that has a price. What an endpoint of
 * one's own costs, and that it costs nothing, nobody else can say.
 */
const refuseUnfit = ({ provider, terms, model }: PriceChange, listed: PricedModel | undefined): void => {
  const isOwn = provider === 'compatible'
  if (terms.kind === 'free' && !isOwn) throw issue('only an endpoint of one’s own is free')
  if (terms.kind === 'ceiling' && listed !== undefined)
    throw issue('a ceiling is for a model without a price')
  if (listed === undefined && ((terms.kind === 'price' && !isOwn) || terms.kind === 'discount'))
    throw new Refusal('model-unpriced', { model })
}

/** A price that may be a slip is refused until somebody says that it is meant. */
const refuseUnusual = ({ terms, confirmed }: PriceChange, listed: PricedModel | undefined): void => {
  if (confirmed || terms.kind !== 'price' || listed === undefined) return
  for (const bucket of buckets) {
    const asked = terms.perMillion[bucket]
    const list = perMillion(listed.entry.rates[bucket])
    if (isUnusual(asked, list)) throw new Refusal('price-unusual', { bucket, asked, listed: list })
  }
}

/** The terms as an auditor reads them: amounts as decimal strings. */
const factsOf = (terms: PriceTerms | undefined, suffix: '' | 'Before'): EventFacts => {
  if (terms === undefined) return { [`terms${suffix}`]: 'list' }
  if (terms.kind === 'discount')
    return { [`terms${suffix}`]: 'discount', [`percent${suffix}`]: terms.percent }
  if (terms.kind === 'list' || terms.kind === 'free') return { [`terms${suffix}`]: terms.kind }
  const rates =
    terms.kind === 'ceiling' ? [terms.input, terms.output] : buckets.map((bucket) => terms.perMillion[bucket])
  return {
    [`terms${suffix}`]: terms.kind,
    [`perMillion${suffix}`]: rates.map((rate) => Usd.encode(rate)).join(' '),
  }
}

/**
 * Says what a model costs from now on, for owners and admins. What was said before stays written; receipts keep the price that they were
 * made with.
 */
export const setPrice =
  ({ ownPrices, now, newId }: SettingParts) =>
  async (caller: Caller, change: PriceChange): Promise<ModelPrice> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const { provider, terms } = change
    const at = now()
    const listed = priceFor(provider, change.model, at)
    refuseUnfit(change, listed)
    refuseUnusual(change, listed)
    const model = listed?.profile.id ?? change.model
    const before = (await ownPrices.list(workspaceId)).find((own) => isSame(own, { provider, model }))
    const facts = { provider, model, ...factsOf(terms, ''), ...factsOf(before?.terms, 'Before') }
    const price = { id: newId(), provider, model, terms, setAt: at, setById: memberId }
    await ownPrices.add(workspaceId, price, { workspaceId, kind: 'price-set', memberId, facts })
    const shown = { provider, model, modelName: modelName(provider, model), inUse: false }
    return priceOf(shown, await ownPrices.list(workspaceId), at)
  }
