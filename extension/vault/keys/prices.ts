import { z } from 'zod'
import { ModelPrice, PriceChange, PriceList } from '../../../shared/books/prices.ts'
import type { Answers } from '../answers.ts'

/** What models cost, for owners and admins. */
export const priceCalls = ({ answer }: Answers) => ({
  prices: async (): Promise<readonly ModelPrice[]> =>
    (await answer(PriceList, { method: 'GET', path: '/v1/prices' })).prices,

  /** In force from the next call on. A price far from the list is refused with `price-unusual` unless it is confirmed. */
  setPrice: (change: PriceChange): Promise<ModelPrice> =>
    answer(ModelPrice, { method: 'POST', path: '/v1/prices', body: z.encode(PriceChange, change) }),
})
