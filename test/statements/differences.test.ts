import { describe, expect, test } from 'vitest'
import { priceDifference } from '../../server/domain/statements/differences.ts'
import { dollars, pico } from '../../shared/money.ts'

const day = Date.parse('2026-11-10T00:00:00Z')
const longAfter = Date.parse('2026-12-01T00:00:00Z')
const explained = dollars('12.34')

const reasonsFor = (reported: bigint | undefined, tolerance: bigint, now = longAfter) =>
  priceDifference(
    { now, tolerance: pico(tolerance) },
    day,
    reported === undefined ? undefined : pico(reported),
    explained,
  ).map(({ reason }) => reason)

describe('the dollars of a day that its tokens explain', () => {
  test('agree to the last picodollar where the provider counts so', () => {
    expect(reasonsFor(explained, 0n)).toEqual([])
    for (const off of [1n, -1n]) expect(reasonsFor(explained + off, 0n)).toEqual(['price'])
  })

  test('may be off by the tolerance of a provider that counts in floats, and by no more, either way', () => {
    const tolerance = dollars('0.000001')
    for (const off of [tolerance, -tolerance]) {
      expect(reasonsFor(explained + off, tolerance)).toEqual([])
      const beyond = off > 0n ? off + 1n : off - 1n
      expect(reasonsFor(explained + beyond, tolerance)).toEqual(['price'])
    }
  })

  test('may still come while the day is not final; afterwards their absence is a difference of price', () => {
    expect(reasonsFor(undefined, 0n, day + 36 * 3_600_000)).toEqual(['late-arrival'])
    expect(reasonsFor(undefined, 0n)).toEqual(['price'])
  })
})
