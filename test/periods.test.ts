import { describe, expect, test } from 'vitest'
import { dayOf, monthAfter, monthOf } from '../server/domain/books/periods.ts'

const at = (text: string) => Date.parse(text)
const HOUR_MS = 3_600_000
const hours = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }) => (endsAt - startsAt) / HOUR_MS

describe('a month', () => {
  test('begins and ends at midnight of its time zone', () => {
    expect(monthOf(at('2026-11-21T12:00:00Z'), 'Asia/Tokyo')).toEqual({
      kind: 'month',
      timeZone: 'Asia/Tokyo',
      startsAt: at('2026-10-31T15:00:00Z'),
      endsAt: at('2026-11-30T15:00:00Z'),
    })
  })

  test('contains its first moment and not the first of the next', () => {
    const { startsAt, endsAt } = monthOf(at('2026-11-21T12:00:00Z'), 'America/New_York')
    expect(monthOf(startsAt, 'America/New_York').startsAt).toBe(startsAt)
    expect(monthOf(startsAt - 1, 'America/New_York').endsAt).toBe(startsAt)
    expect(monthOf(endsAt, 'America/New_York').startsAt).toBe(endsAt)
  })

  test('is an hour longer when summer time ends in it and an hour shorter when it begins', () => {
    expect(hours(monthOf(at('2026-11-21T12:00:00Z'), 'America/New_York'))).toBe(30 * 24 + 1)
    expect(hours(monthOf(at('2026-03-21T12:00:00Z'), 'America/New_York'))).toBe(31 * 24 - 1)
    expect(hours(monthOf(at('2026-11-21T12:00:00Z'), 'UTC'))).toBe(30 * 24)
  })

  test('begins at one o’clock where the clocks skip its first midnight', () => {
    const april = monthOf(at('2017-10-05T12:00:00Z'), 'America/Asuncion')
    expect(april.startsAt).toBe(at('2017-10-01T04:00:00Z'))
    expect(monthOf(april.startsAt - 1, 'America/Asuncion').endsAt).toBe(april.startsAt)
  })

  test('follows the year’s end and leap days', () => {
    expect(monthOf(at('2026-12-31T23:59:59Z'), 'UTC').endsAt).toBe(at('2027-01-01T00:00:00Z'))
    expect(hours(monthOf(at('2028-02-10T00:00:00Z'), 'UTC'))).toBe(29 * 24)
  })

  test('never overlaps the one before, also after a move to another time zone', () => {
    const newYork = monthOf(at('2026-11-21T12:00:00Z'), 'America/New_York')
    const tokyo = monthAfter(newYork.endsAt, 'Asia/Tokyo', newYork.endsAt)
    expect(tokyo.startsAt).toBe(newYork.endsAt)
    expect(tokyo.endsAt).toBe(at('2026-12-31T15:00:00Z'))
    expect(monthAfter(newYork.endsAt, 'America/New_York', undefined).startsAt).toBe(newYork.endsAt)
  })

  test('takes in the hours that a move to the west leaves of the month before, so that they have no cap of their own', () => {
    const tokyo = monthOf(at('2026-11-21T12:00:00Z'), 'Asia/Tokyo')
    for (const moment of [tokyo.endsAt, at('2026-12-01T04:59:59Z'), at('2026-12-01T05:00:00Z')])
      expect(monthAfter(moment, 'America/New_York', tokyo.endsAt)).toEqual({
        kind: 'month',
        timeZone: 'America/New_York',
        startsAt: tokyo.endsAt,
        endsAt: at('2027-01-01T05:00:00Z'),
      })
  })

  test('begins with its own first moment after months in which nothing was spent', () => {
    const september = monthOf(at('2026-09-10T12:00:00Z'), 'UTC')
    expect(monthAfter(at('2026-11-21T12:00:00Z'), 'UTC', september.endsAt).startsAt).toBe(
      at('2026-11-01T00:00:00Z'),
    )
  })
})

describe('a day', () => {
  test('is the calendar day of the time zone', () => {
    expect(dayOf(at('2026-11-21T04:59:59Z'), 'America/New_York')).toBe('2026-11-20')
    expect(dayOf(at('2026-11-21T05:00:00Z'), 'America/New_York')).toBe('2026-11-21')
    expect(dayOf(at('2026-11-21T15:00:00Z'), 'Asia/Tokyo')).toBe('2026-11-22')
  })

  test('changes at the right moment in summer and in winter', () => {
    expect(dayOf(at('2026-07-01T03:59:59Z'), 'America/New_York')).toBe('2026-06-30')
    expect(dayOf(at('2026-07-01T04:00:00Z'), 'America/New_York')).toBe('2026-07-01')
  })
})
