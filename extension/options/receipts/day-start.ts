const parts = (at: number, timeZone: string): ReadonlyMap<string, number> => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number => {
  const read = parts(at, timeZone)
  const part = (name: string): number => read.get(name) ?? 0
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(at / 1000) * 1000
}

/** The moment at which a zone's clocks show a time (`2026-11-21T18:00`), in milliseconds since the epoch. */
export const momentOf = (clocks: string, timeZone: string): number => {
  const asUtc = Date.parse(`${clocks}:00Z`)
  const guess = asUtc - offsetAt(asUtc, timeZone)
  return asUtc - offsetAt(guess, timeZone)
}

/** What a zone's clocks show at a moment, to the minute: `2026-11-21T18:00`. */
export const clocksAt = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16)

/** The moment at which a calendar day (`2026-11-21`) begins in a time zone, in milliseconds since the epoch. */
export const dayStart = (day: string, timeZone: string): number => momentOf(`${day}T00:00`, timeZone)
