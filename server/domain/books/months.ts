import type { Period } from '../../../shared/cap.ts'
import { monthOf } from './periods.ts'

/**
 * The calendar month that a period counts as: `2026-11`. It is told by the period's end, which is always that of a month: hours that a move to
 * another zone left over belong to the month after them, as they do for the cap.
 */
export const monthNameOf = ({ endsAt, timeZone }: Pick<Period, 'endsAt' | 'timeZone'>): string =>
  Temporal.Instant.fromEpochMilliseconds(endsAt - 1)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toPlainYearMonth()
    .toString()

/** The name of the month before. */
export const monthNameBefore = (month: string): string =>
  Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString()

/**
 * The moment (ms) of the month before that corresponds to `at`: the same day of the month at the same time on the clock, or the end of that
 * month when it has no such day.
 */
export const sameMomentBefore = (at: number, timeZone: string): number => {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const there = here.subtract({ months: 1 })
  return there.day === here.day ? there.epochMilliseconds : monthOf(there.epochMilliseconds, timeZone).endsAt
}
