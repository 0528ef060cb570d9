import { Month, type Spend } from '../../../shared/spend.ts'
import { isoDay } from '../../ui/moments.ts'

/** The month in the address; undefined, the present one, where there is none or an unreadable one. */
export const monthIn = (query: URLSearchParams): string | undefined =>
  Month.safeParse(query.get('month')).data

/** The calendar month that runs now, in the workspace's time zone. */
export const presentMonth = ({ cap: { period } }: Pick<Spend, 'cap'>): string =>
  isoDay(period.endsAt - 1, period.timeZone).slice(0, 7)

/** So many months after a month; before it, when negative. */
export const monthAfter = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 15)).toISOString().slice(0, 7)
}

/** All days of a month in order, as `2026-11-21`. */
export const daysIn = (month: string): readonly string[] => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length: count }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`)
}

const middleOf = (month: string): number => Date.parse(`${month}-15T12:00:00Z`)

/** `November 2026`. */
export const monthInWords = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(middleOf(month))

/** `November`. */
export const monthName = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(middleOf(month))
