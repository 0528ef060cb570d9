import type { Cap } from '../../../shared/cap.ts'
import { isoDay } from '../../ui/moments.ts'
import { dayStart, momentOf } from '../receipts/day-start.ts'
import { nextDay } from '../receipts/search.ts'

/** Ways to say when a temporary raise ends. `tonight`: when the day ends in the workspace's zone. `period`: when the cap starts anew. */
export type Until = 'hour' | 'tonight' | 'period' | 'typed'

const HOUR_MS = 3_600_000
/** The vault takes no raise that lasts longer. */
const LONGEST_MS = 31 * 24 * HOUR_MS

/** What a field for a day and a time gives: there is such a day, and such a time. */
const clocks = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

type Asked = { readonly cap: Pick<Cap, 'period'>; readonly now: number }

const tonight = ({ cap: { period }, now }: Asked): number =>
  dayStart(nextDay(isoDay(now, period.timeZone)), period.timeZone)

/** The ways that differ: the period's end only where it is not tonight, and not too far ahead. */
export const waysToEnd = ({ cap, now }: Asked): readonly Until[] => {
  const { endsAt } = cap.period
  const isApart = endsAt !== tonight({ cap, now }) && endsAt - now <= LONGEST_MS
  return isApart ? ['hour', 'tonight', 'period', 'typed'] : ['hour', 'tonight', 'typed']
}

/** The moment that is meant; `typed` is what the zone's clocks show then, such as `2026-11-21T18:00`. Undefined: none is typed. */
export const momentMeant = (until: Until, typed: string, { cap, now }: Asked): number | undefined => {
  if (until === 'hour') return now + HOUR_MS
  if (until === 'tonight') return tonight({ cap, now })
  if (until === 'period') return cap.period.endsAt
  return clocks.test(typed) ? momentOf(typed, cap.period.timeZone) : undefined
}
