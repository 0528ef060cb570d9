import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Compared, driversOf, type Part } from '../../server/domain/books/drivers.ts'
import { dollars, pico } from '../../shared/money.ts'

const part = (by: Part['by'], id: string, amount: string): Part => ({
  by,
  id,
  name: id,
  settled: dollars(amount),
})
const month = (replies: number, cost: string, parts: readonly Part[] = []): Compared => ({
  replies,
  replyCost: dollars(cost),
  parts,
})

const money = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(pico)
const compared: fc.Arbitrary<Compared> = fc.record({
  replies: fc.nat(10_000),
  replyCost: money,
  parts: fc.uniqueArray(
    fc.record({
      by: fc.constantFrom('model' as const, 'member' as const, 'channel' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      name: fc.constant('x'),
      settled: money,
    }),
    { selector: ({ by, id }) => `${by} ${id}` },
  ),
})

describe('what drove the change', () => {
  test('is told apart: more replies at the old cost, and dearer ones', () => {
    expect(driversOf(month(150, '0.60'), month(100, '0.30'))).toEqual([
      { by: 'replies', difference: dollars('0.15'), before: 100, after: 150 },
      { by: 'reply-cost', difference: dollars('0.15'), before: dollars('0.003'), after: dollars('0.004') },
    ])
  })

  test('names models, members and channels by how much they changed, up or down, the new and the gone too', () => {
    const now = month(0, '0', [
      part('model', 'luna', '3'),
      part('member', 'Mina', '1'),
      part('channel', 'Shop', '2'),
    ])
    const before = month(0, '0', [
      part('model', 'haiku', '9'),
      part('member', 'Mina', '0.50'),
      part('channel', 'Shop', '2'),
    ])
    expect(driversOf(now, before)).toEqual([
      { by: 'model', id: 'haiku', name: 'haiku', difference: dollars('-9') },
      { by: 'model', id: 'luna', name: 'luna', difference: dollars('3') },
      { by: 'member', id: 'Mina', name: 'Mina', difference: dollars('0.50') },
    ])
  })

  test('is all that there are replies now when there was none before', () => {
    expect(driversOf(month(10, '0.05'), month(0, '0'))).toEqual([
      { by: 'replies', difference: dollars('0.05'), before: 0, after: 10 },
    ])
    expect(driversOf(month(0, '0'), month(10, '0.05'))).toEqual([
      { by: 'replies', difference: dollars('-0.05'), before: 10, after: 0 },
    ])
  })

  test('adds up to the change of what replies cost, to the last picodollar', () => {
    fc.assert(
      fc.property(compared, compared, (now, before) => {
        const told = driversOf(now, before).filter(({ by }) => by === 'replies' || by === 'reply-cost')
        const total = told.reduce((sum, { difference }) => sum + difference, 0n)
        expect(total).toBe(now.replyCost - before.replyCost)
      }),
    )
  })

  test('is at most a dozen lines, the largest first, none of nothing', () => {
    fc.assert(
      fc.property(compared, compared, (now, before) => {
        const sizes = driversOf(now, before).map(({ difference }) =>
          difference < 0n ? -difference : difference,
        )
        expect(sizes.length).toBeLessThanOrEqual(12)
        expect(sizes.every((size) => size > 0n)).toBe(true)
        expect(sizes).toEqual(sizes.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)))
      }),
    )
  })

  test('of a month against itself is nothing', () => {
    fc.assert(fc.property(compared, (same) => void expect(driversOf(same, same)).toEqual([])))
  })
})
