import fc from 'fast-check'

/** Numbers choose among what there is at that moment: members, places, calls. Cents and percents are whole. */
export type Step =
  | {
      readonly do: 'hold'
      readonly cents: number
      readonly who: number
      readonly channel: number
      readonly model: number
      readonly vault: number
      readonly minutes: number
      readonly percent: number
      readonly kind: 'draft' | 'urgent' | 'verify' | 'playground'
    }
  | {
      readonly do: 'answer' | 'overcharge' | 'fail' | 'break'
      readonly which: number
      readonly percent: number
    }
  | {
      readonly do: 'fall-back'
      readonly which: number
      readonly cents: number
      readonly model: number
      readonly unknown: boolean
    }
  | { readonly do: 'limit'; readonly place: number; readonly cents: number }
  | { readonly do: 'remove'; readonly place: number }
  | { readonly do: 'raise'; readonly place: number; readonly cents: number; readonly minutes: number }
  | { readonly do: 'reserve'; readonly cents: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'crash'; readonly vault: number }
  | { readonly do: 'pass'; readonly minutes: number }
  /** No vault shows that it lives. */
  | { readonly do: 'nap'; readonly seconds: number }
  | { readonly do: 'reach'; readonly end: 'day' | 'month' | 'raise'; readonly by: number }
  | { readonly do: 'move'; readonly zone: number }
  | { readonly do: 'prune' }

/** What only happens while nothing else does: it moves the clock or the calendar. */
export const isAlone = (step: Step): boolean =>
  ['crash', 'pass', 'nap', 'reach', 'move', 'prune'].includes(step.do)

/** The beginning of a schedule, and what happens then. */
export type Schedule = { readonly beginning: number; readonly limit: number; readonly steps: readonly Step[] }

const choice = fc.nat(20)
const cents = fc.integer({ min: 0, max: 45 })
const percent = fc.integer({ min: 0, max: 100 })
const minutes = fc.constantFrom(0, 1, 5, 59, 60, 61, 7 * 60, 23 * 60, 24 * 60, 25 * 60, 31 * 24 * 60)

const holding = fc.record({
  do: fc.constant('hold' as const),
  cents,
  who: choice,
  channel: choice,
  model: choice,
  vault: choice,
  minutes: fc.constantFrom(1, 5, 60, 26 * 60, 40 * 24 * 60),
  percent,
  kind: fc.constantFrom(
    'draft' as const,
    'draft' as const,
    'urgent' as const,
    'verify' as const,
    'playground' as const,
  ),
})

const ending = fc.record({
  do: fc.constantFrom(
    'answer' as const,
    'answer' as const,
    'overcharge' as const,
    'fail' as const,
    'break' as const,
  ),
  which: choice,
  percent,
})

const changing = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('limit' as const), place: choice, cents: fc.nat(120) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), place: choice }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('raise' as const), place: choice, cents: fc.nat(200), minutes }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reserve' as const), cents: fc.nat(120) }) },
)

const reaching = fc.record({
  do: fc.constant('reach' as const),
  end: fc.constantFrom('day' as const, 'month' as const, 'raise' as const, 'raise' as const),
  by: fc.constantFrom(-1, 0, 0, 1),
})

const passing = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), minutes }),
  fc.record({ do: fc.constant('nap' as const), seconds: fc.constantFrom(5, 10, 11) }),
  reaching,
  reaching,
  fc.record({ do: fc.constant('move' as const), zone: choice }),
  fc.record({ do: fc.constant('crash' as const), vault: choice }),
  fc.constant({ do: 'prune' as const }),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: holding },
  { weight: 8, arbitrary: ending },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fall-back' as const),
      which: choice,
      cents,
      model: choice,
      unknown: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: changing },
  { weight: 5, arbitrary: passing },
  { weight: 2, arbitrary: fc.constant({ do: 'sweep' as const }) },
)

/** Any schedule of at most so many steps. */
export const schedules = (most: number): fc.Arbitrary<Schedule> =>
  fc.record({
    beginning: choice,
    limit: fc.integer({ min: 20, max: 200 }),
    steps: fc.array(step, { minLength: 1, maxLength: most, size: 'max' }),
  })
