import { z } from 'zod'
import {
  Cap,
  CapChange,
  CapList,
  CapPlace,
  CapRaise,
  ReserveChange,
  type ScopedCap,
  ScopedCapChange,
} from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import type { Answers } from '../answers.ts'

const placed = (place: CapPlace): URLSearchParams => new URLSearchParams(z.encode(CapPlace, place))

/** What may be spent at most. Reading the workspace's month is for everybody who drafts, all else for owners and admins. */
export const capCalls = ({ answer, nothing }: Answers) => ({
  cap: (): Promise<Cap> => answer(Cap, { method: 'GET', path: '/v1/cap' }),

  /** Ends a temporary raise of it. */
  setCap: (limit: Picodollars): Promise<Cap> =>
    answer(Cap, { method: 'PUT', path: '/v1/cap', body: z.encode(CapChange, { limit }) }),

  /** Keeps the end of the workspace's month for drafts that are marked urgent; zero keeps nothing. */
  setReserve: (reserve: Picodollars): Promise<Cap> =>
    answer(Cap, { method: 'PUT', path: '/v1/cap/reserve', body: z.encode(ReserveChange, { reserve }) }),

  /** Every cap that is set. */
  caps: async (): Promise<readonly ScopedCap[]> =>
    (await answer(CapList, { method: 'GET', path: '/v1/caps' })).caps,

  /** Ends a temporary raise of it. */
  setScopedCap: (place: CapPlace, limit: Picodollars): Promise<CapList> =>
    answer(CapList, {
      method: 'PUT',
      path: '/v1/caps',
      body: z.encode(ScopedCapChange, { ...place, limit }),
    }),

  removeCap: (place: CapPlace): Promise<void> =>
    nothing({ method: 'DELETE', path: `/v1/caps?${placed(place)}` }),

  /** Until a moment, after which the cap has its own limit again. `raise-refused` when it is not higher, or does not end ahead. */
  raiseCap: (raise: CapRaise): Promise<CapList> =>
    answer(CapList, { method: 'PUT', path: '/v1/caps/raise', body: z.encode(CapRaise, raise) }),

  endRaise: (place: CapPlace): Promise<void> =>
    nothing({ method: 'DELETE', path: `/v1/caps/raise?${placed(place)}` }),
})
