import { describe, expect, test } from 'vitest'
import { momentMeant, waysToEnd } from '../../extension/options/caps/until.ts'
import { clocksAt } from '../../extension/options/receipts/day-start.ts'
import type { Cap } from '../../shared/cap.ts'

const at = (moment: string): number => Date.parse(moment)

const periodIn = (timeZone: string, startsAt: string, endsAt: string): Cap['period'] => ({
  kind: 'month',
  timeZone,
  startsAt: at(startsAt),
  endsAt: at(endsAt),
})

const october = periodIn('Europe/Berlin', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z')

describe('when a temporary raise ends', () => {
  const asked = { cap: { period: october }, now: at('2026-10-24T21:30:00Z') }

  test('tonight is when the day ends where the workspace is, summer time ended or not', () => {
    expect(momentMeant('tonight', '', asked)).toBe(at('2026-10-24T22:00:00Z'))
    const nextDay = { ...asked, now: at('2026-10-24T22:30:00Z') }
    expect(momentMeant('tonight', '', nextDay)).toBe(at('2026-10-25T23:00:00Z'))
  })

  test('a moment is typed as the workspace’s clocks show it', () => {
    expect(momentMeant('typed', '2026-10-24T18:00', asked)).toBe(at('2026-10-24T16:00:00Z'))
    expect(momentMeant('typed', '2026-10-26T18:00', asked)).toBe(at('2026-10-26T17:00:00Z'))
    expect(clocksAt(at('2026-10-26T17:00:00Z'), 'Europe/Berlin')).toBe('2026-10-26T18:00')
    expect(momentMeant('typed', '', asked)).toBeUndefined()
  })

  test('the end of the period is offered where it is another moment than tonight, and near enough', () => {
    expect(waysToEnd(asked)).toContain('period')
    expect(momentMeant('period', '', asked)).toBe(october.endsAt)
    expect(waysToEnd({ ...asked, now: at('2026-10-31T12:00:00Z') })).not.toContain('period')
    expect(waysToEnd({ ...asked, now: at('2026-09-30T22:10:00Z') })).not.toContain('period')
  })
})
