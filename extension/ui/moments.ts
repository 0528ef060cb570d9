/** Making a format costs a hundred times what using it does, and a long list asks for the same few at every row. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(name, known)
  return known
}

const formatted = (at: number, locale: string, options: Intl.DateTimeFormatOptions): string =>
  formatFor(locale, options).format(at)

/** `Dec 1`. `at` is in milliseconds since the epoch, read in the given time zone. */
export const dayInWords = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { month: 'short', day: 'numeric', timeZone })

/** `Dec 1, 2026`. */
export const dateInWords = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone })

/** `Nov 21, 2:04 PM`. */
export const momentInWords = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone })

/** Date, time to the second, and zone. */
export const exactMoment = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { dateStyle: 'medium', timeStyle: 'long', timeZone })

/** `2:04 PM`, in the given time zone or the browser's own. */
export const timeInWords = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { hour: 'numeric', minute: '2-digit', timeZone })

/** `Saturday, November 21, 2026`. */
export const longDay = (at: number, locale: string, timeZone?: string): string =>
  formatted(at, locale, { dateStyle: 'full', timeZone })

/** The calendar day of a moment in a time zone, as `2026-11-21`. */
export const isoDay = (at: number, timeZone: string): string =>
  formatted(at, 'en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone })
