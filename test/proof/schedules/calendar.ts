const days = new Map<string, Intl.DateTimeFormat>()

const formatIn = (zone: string): Intl.DateTimeFormat => {
  const known = days.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  days.set(zone, made)
  return made
}

/** The date that a calendar on the wall of a zone shows at a moment (ms): YYYY-MM-DD. */
const dateIn = (zone: string, at: number): string => formatIn(zone).format(at)

const monthIn = (zone: string, at: number): string => dateIn(zone, at).slice(0, 7)

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** A month that was begun in a zone: it keeps that zone. */
type Month = { readonly name: string; readonly zone: string }

/** The names of the periods around a moment: two moments are in the same period when their names are the same. */
export type Periods = { readonly month: string; readonly day: string }

const periodsOf = ({ name, zone }: Month, at: number): Periods => ({
  month: name,
  day: `${name} ${dateIn(zone, at)}`,
})

/**
 * The months of a workspace that moves, by what wall calendars show and nothing else. A month lasts as long as its own zone's calendar shows it
 * (or an earlier one: hours that a move to the west left over belong to the month that begins).
 */
export const calendar = () => {
  let last: Month | undefined
  const monthAt = (at: number, zone: string): Month => {
    const shown = monthIn(zone, at)
    if (last === undefined) return { name: shown, zone }
    if (monthIn(last.zone, at) <= last.name) return last
    return { name: shown <= last.name ? nextMonth(last.name) : shown, zone }
  }
  return {
    /** What a moment would belong to. */
    look: (at: number, zone: string): Periods => periodsOf(monthAt(at, zone), at),
    /** What it belongs to, from now on whatever happens to the zone. */
    open: (at: number, zone: string): Periods => {
      last = monthAt(at, zone)
      return periodsOf(last, at)
    },
  }
}
