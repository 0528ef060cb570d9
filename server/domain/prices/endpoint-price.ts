import type { EndpointPrice } from '../../../shared/keys.ts'
import type { Caller } from '../identity/caller.ts'
import type { Listing } from '../keys/key-models.ts'
import type { Pricing, PricingFor } from './own-prices.ts'
import { type SettingParts, setPrice } from './setting.ts'

/** One price is said for this many models at the most: each is written down for itself. */
const MOST_MODELS = 100

/** The models that a price is meant for, among those that an endpoint lists; of one that does not list any, the one that is named. */
const meant = (
  listing: Listing,
  { model }: EndpointPrice,
  pricing: Pricing,
  at: number,
): readonly string[] => {
  if (model !== undefined) return listing === null || listing.some(({ id }) => id === model) ? [model] : []
  const unpriced = (listing ?? []).filter(({ id }) => pricing('compatible', id, at) === undefined)
  return unpriced.slice(0, MOST_MODELS).map(({ id }) => id)
}

/**
 * Says what an endpoint of one's own costs, before its key is tried, since nothing is tried without a price. It stays said when the trial
 * fails. A model that the endpoint does not list is left alone.
 */
export const priceEndpoint =
  (parts: SettingParts & { readonly pricingFor: PricingFor }) =>
  async (caller: Caller, listing: Listing, price: EndpointPrice): Promise<void> => {
    const pricing = await parts.pricingFor(caller.workspaceId)
    const set = setPrice(parts)
    for (const model of meant(listing, price, pricing, parts.now()))
      await set(caller, { provider: 'compatible', model, terms: price.terms, confirmed: true })
  }
