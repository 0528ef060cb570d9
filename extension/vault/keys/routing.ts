import { z } from 'zod'
import { KeyList, KeyOrder, RoutingChange } from '../../../shared/keys.ts'
import type { Answers } from '../answers.ts'

/** Who answers and who stands in, for owners and admins. A change takes effect with the next draft. */
export const routingCalls = ({ answer }: Answers) => ({
  /** The keys with who answers first. For everybody else the vault says `not-found`. */
  keyList: (): Promise<KeyList> => answer(KeyList, { method: 'GET', path: '/v1/keys' }),

  orderKeys: (order: KeyOrder): Promise<KeyList> =>
    answer(KeyList, { method: 'PUT', path: '/v1/keys/order', body: z.encode(KeyOrder, order) }),

  /** What is left out stays. A backup over ten times dearer is refused with `routing-refused` until `dearer` allows it. */
  changeRouting: (change: RoutingChange): Promise<KeyList> =>
    answer(KeyList, { method: 'PUT', path: '/v1/routing', body: z.encode(RoutingChange, change) }),
})
