import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Series, spikesOf, usualOf } from '../../server/domain/books/spikes.ts'
import { dollars, type Picodollars, pico } from '../../shared/money.ts'

/** A Monday. */
const FIRST_DAY = '2026-08-31'
const CENT = 10_000_000_000n

const dayAt = (index: number): string => Temporal.PlainDate.from(FIRST_DAY).add({ days: index }).toString()
const isWeekend = (index: number): boolean => index % 7 >= 5

/** One amount a day, in cents, from a Monday on. */
const seriesOf = (cents: readonly number[]): Series =>
  new Map(cents.map((amount, index) => [dayAt(index), pico(BigInt(Math.round(amount)) * CENT)]))

const days = (count: number, centsAt: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => centsAt(index))

const spikesIn = (series: Series) =>
  spikesOf({ scope: 'workspace', id: null, name: null, series }, { from: FIRST_DAY, to: dayAt(series.size) })

/** Numbers of 0 to 1 that are the same in every run (mulberry32). */
const seeded = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A normal number, by Box and Muller. */
const normal = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())

const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }).map(pico), { minLength: 1, maxLength: 60 })

describe('a day is pointed out', () => {
  test('when it costs many times what is usual, with what is usual and from where on', () => {
    const series = seriesOf([...days(20, (index) => 300 + (index % 3) * 10), 2_500])
    expect(spikesIn(series)).toEqual([
      {
        kind: 'spike',
        scope: 'workspace',
        id: null,
        name: null,
        day: dayAt(20),
        amount: dollars('25'),
        usual: dollars('3.10'),
        limit: dollars('9.30'),
      },
    ])
  })

  test('once: one big day neither hides the next nor makes the days after it strange', () => {
    const series = seriesOf(days(40, (index) => (index === 21 || index === 24 ? 4_000 : 300)))
    expect(spikesIn(series).map(({ day }) => day)).toEqual([dayAt(21), dayAt(24)])
  })

  test('on a weekend that is busy against other weekends, and not because it is a weekend', () => {
    const shop = (index: number) => (isWeekend(index) ? 2_000 : 200)
    expect(spikesIn(seriesOf(days(70, shop)))).toEqual([])
    const series = seriesOf(days(70, (index) => (index === 61 ? 7_000 : shop(index))))
    expect(spikesIn(series).map(({ day }) => day)).toEqual([dayAt(61)])
  })

  test('on a working day that would be nothing special on a weekend', () => {
    const series = seriesOf(days(60, (index) => (isWeekend(index) || index === 58 ? 2_000 : 200)))
    expect(spikesIn(series).map(({ day }) => day)).toEqual([dayAt(58)])
  })
})

describe('nothing is pointed out', () => {
  test.for<[string, number[]]>([
    ['when every day is the same', days(60, () => 300)],
    ['when nobody works on weekends', days(60, (index) => (isWeekend(index) ? 0 : 500))],
    ['when weekends are quiet', days(60, (index) => (isWeekend(index) ? 50 : 500))],
    ['while a team grows tenfold in three months', days(90, (index) => 200 * 10 ** (index / 90))],
    ['in a first week, however it goes', [100, 5_000, 30, 9_000, 200, 0, 4_000]],
    ['when a long quiet ends', [...days(40, () => 0), 900, 1_100, 1_000, 950, 40, 20]],
    ['after a holiday', days(60, (index) => (index > 25 && index < 45 ? 0 : 800))],
    ['over cents, however many times the usual they are', [...days(20, () => 1), 90]],
    ['over a day that is twice the usual', [...days(20, () => 1_000), 2_000]],
  ])('%s', ([, cents]) => {
    expect(spikesIn(seriesOf(cents))).toEqual([])
  })

  test('over any series that is constant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 1, max: 90 }),
        (cents, count) => {
          expect(spikesIn(seriesOf(days(count, () => cents)))).toEqual([])
        },
      ),
    )
  })

  test('over chance: of 30,000 ordinary days with much noise fewer than one in two hundred', () => {
    const chance = seeded(20_261_121)
    let alarms = 0
    for (let run = 0; run < 500; run += 1) {
      const noisy = days(67, (index) => (isWeekend(index) ? 300 : 900) * Math.exp(0.4 * normal(chance)))
      alarms += spikesIn(seriesOf(noisy)).length
    }
    expect(alarms / (500 * 60)).toBeLessThan(1 / 200)
  })
})

describe('what is usual', () => {
  test('and the limit grow with the amounts, whatever these are', () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: 1_000n }), (some, times) => {
        const { usual, limit } = usualOf(some)
        const scaled = usualOf(some.map((amount): Picodollars => pico(amount * times)))
        expect(scaled).toEqual({ usual: usual * times, limit: limit * times })
      }),
    )
  })

  test('is an amount that there was, and never above the limit', () => {
    fc.assert(
      fc.property(amounts, (some) => {
        const { usual, limit } = usualOf(some)
        expect(some).toContain(usual)
        expect(usual <= limit).toBe(true)
      }),
    )
  })
})
