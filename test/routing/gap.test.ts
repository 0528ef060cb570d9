import { describe, expect, test } from 'vitest'
import { isMuchDearer, priceGap } from '../../shared/books/gap.ts'

const prices = (input: bigint, output: bigint) => ({ input, output })

describe('the price gap of a backup', () => {
  test('is the larger of what it costs more to read and to write, in hundredths', () => {
    expect(priceGap(prices(2n, 10n), prices(2n, 10n))).toBe(100)
    expect(priceGap(prices(2n, 10n), prices(4n, 5n))).toBe(200)
    expect(priceGap(prices(2n, 10n), prices(1n, 25n))).toBe(250)
    expect(priceGap(prices(4n, 20n), prices(1n, 5n))).toBe(25)
  })

  test('is over ten times from the smallest amount on, and exactly ten times is not', () => {
    const [primary, tenth] = [10n ** 15n, 10n ** 16n]
    expect(isMuchDearer(priceGap(prices(primary, primary), prices(tenth, tenth)))).toBe(false)
    expect(isMuchDearer(priceGap(prices(primary, primary), prices(tenth, tenth + 1n)))).toBe(true)
    expect(isMuchDearer(priceGap(prices(primary, primary), prices(tenth + 1n, 0n)))).toBe(true)
  })

  test('has no end beside a primary that is free, unless both are', () => {
    expect(priceGap(prices(0n, 0n), prices(0n, 1n))).toBe(Number.POSITIVE_INFINITY)
    expect(isMuchDearer(priceGap(prices(0n, 0n), prices(0n, 1n)))).toBe(true)
    expect(priceGap(prices(0n, 0n), prices(0n, 0n))).toBe(100)
  })
})
