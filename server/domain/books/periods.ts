import type { Period } from '../../../shared/cap.ts'

const zoned = (at: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)

/** The calendar day of a moment (ms) in an IANA time zone: YYYY-MM-DD. */
export const dayOf = (at: number, timeZone: string): string => zoned(at, timeZone).toPlainDate().toString()

/** The calendar month around a moment (ms), from the first moment of its first day to that of the next month, whatever the clocks do. */
export const monthOf = (at: number, timeZone: string): Period => {
  const first = zoned(at, timeZone).with({ day: 1 }).startOfDay()
  const next = first.toPlainDate().add({ months: 1 }).toZonedDateTime({ timeZone })
  return {
    kind: 'month',
    timeZone,
    startsAt: first.epochMilliseconds,
    endsAt: next.startOfDay().epochMilliseconds,
  }
}

/**
 * The calendar day of a stored or coming month around a moment (ms) of it: in the month's own zone, so that its days fill it without gap or
 * overlap, also when the workspace has moved meanwhile. A day on which the month begins late, after a move, begins with the month.
 */
export const dayIn = (month: Period, at: number): Period => {
  const day = zoned(at, month.timeZone).startOfDay()
  const next = day.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: month.timeZone })
  return {
    kind: 'day',
    timeZone: month.timeZone,
    startsAt: Math.max(day.epochMilliseconds, month.startsAt),
    endsAt: next.startOfDay().epochMilliseconds,
  }
}

/** The most by which the clocks of two zones differ (UTC−12 and UTC+14). */
const ZONES_APART_MS = 26 * 3_600_000

/**
 * The month around `at` when the period before it ended at `lastEndsAt`. Periods join without gap or overlap, also when the workspace has moved
 * to another time zone meanwhile: hours of the old month that the move left over belong to the new one, so that they have no cap of their own.
 */
export const monthAfter = (at: number, timeZone: string, lastEndsAt: number | undefined): Period => {
  const month = monthOf(at, timeZone)
  if (lastEndsAt === undefined || month.startsAt - lastEndsAt > ZONES_APART_MS) return month
  const isRest = month.endsAt - lastEndsAt <= ZONES_APART_MS
  return { ...(isRest ? monthOf(month.endsAt, timeZone) : month), startsAt: lastEndsAt }
}
