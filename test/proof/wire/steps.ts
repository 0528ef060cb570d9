import fc from 'fast-check'
import type { ProviderName } from '../../../shared/providers.ts'
import type { Behaviour } from '../../provider/simulator.ts'

/** What providers do to calls, several of them in a row. */
const behaviours: readonly Behaviour[] = [
  'slow',
  'slow',
  'slow',
  'healthy',
  'limit',
  'overloaded',
  'rate-limited',
  'server-error',
  'reset',
  'hang',
  'stall',
  'error-mid-stream',
  'failed-event',
  'reset-mid-stream',
  'early-end',
  'garbage',
  'bad-event',
  'no-usage',
  'refusal',
]

/** Which cap beside the workspace's month a step is about. */
const others = ['workspace-day', 'member-month', 'member-day', 'model-month'] as const
export type OtherCap = (typeof others)[number]

/** One thing that happens to three vaults. Limits are so many halves of a draft's bound above what is settled. */
export type Step =
  | {
      readonly do: 'ask'
      readonly acts: readonly Behaviour[]
      /** The reader leaves after so many events; never, when that is more than there are. */
      readonly leavesAfter: number
      /** Whether a stream that was cut is asked for again, by the same key. */
      readonly asksAgain: boolean
    }
  | { readonly do: 'limit'; readonly halves: number }
  | { readonly do: 'raise'; readonly halves: number; readonly forMs: number }
  | { readonly do: 'cap'; readonly which: OtherCap; readonly halves: number }
  | { readonly do: 'uncap'; readonly which: OtherCap }
  | { readonly do: 'kill'; readonly which: number }
  | { readonly do: 'stop'; readonly which: number }
  | { readonly do: 'start'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }

/** How many vaults there are. */
export const VAULTS = 3

const halves = fc.nat({ max: 30 })
const which = fc.nat({ max: VAULTS - 1 })
const other = fc.constantFrom(...others)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      acts: fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 10 }),
      leavesAfter: fc.nat({ max: 80 }),
      asksAgain: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('limit' as const), halves }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('raise' as const),
      halves,
      forMs: fc.integer({ min: 200, max: 2_500 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cap' as const), which: other, halves }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('uncap' as const), which: other }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'stop' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start' as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 400 }) }) },
)

/** What happens one after the other, and whose model drafts meanwhile. */
export type Schedule = { readonly provider: ProviderName; readonly steps: readonly Step[] }

/** A schedule of so many steps, or a few less. */
export const schedulesOf = (most: number): fc.Arbitrary<Schedule> =>
  fc.record({
    provider: fc.constantFrom('anthropic' as const, 'openai' as const),
    steps: fc.array(step, { minLength: Math.ceil(most / 2), maxLength: most }),
  })
