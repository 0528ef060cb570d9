import type { CapPlace } from '../../../shared/cap.ts'
import { calendar, type Periods } from './calendar.ts'

/** A call as the outside world knows it: what it may cost, and what the provider really bills if it answers. Amounts are picodollars. */
export type Call = {
  readonly attempt: string
  readonly receipt: string
  readonly number: number
  readonly startedAt: number
  readonly expiresAt: number
  readonly vault: string
  readonly member: string
  readonly channel: string | null
  /** `provider/model`, as a cap calls it. */
  readonly model: string
  readonly playground: boolean
  readonly urgent: boolean
  readonly bound: bigint
  readonly bill: bigint
}

/** How a call stands: running, closed without the provider's word, or closed at what the provider said. */
type Standing = { readonly state: 'open' | 'estimated' | 'exact'; readonly settled: bigint }

type Counted = { readonly call: Call; readonly periods: Periods; standing: Standing; kept: boolean }

type Limit = {
  own: bigint
  raise: { readonly limit: bigint; readonly until: number } | undefined
  reserve: bigint
}

/** What a cap shows. */
export type Figures = {
  readonly limit: bigint
  readonly reserve: bigint
  readonly settled: bigint
  readonly held: bigint
}

export const nameOf = ({ scope, id, kind }: CapPlace): string => `${scope} ${id} ${kind}`

export const monthOfAll: CapPlace = { scope: 'workspace', id: '', kind: 'month' }

const countsIn = ({ scope, id }: CapPlace, call: Call): boolean => {
  if (call.playground || scope === 'playground') return call.playground && scope === 'playground'
  if (scope === 'member') return call.member === id
  if (scope === 'channel') return call.channel === id
  return scope === 'workspace' || call.model === id
}

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other)

/**
 * The rule of the caps by arithmetic of its own: every call that was ever made is kept, and every question is answered by adding up. It knows
 * nothing of counters, lines, transactions or chains.
 */
export const model = () => {
  const months = calendar()
  const limits = new Map<string, { readonly place: CapPlace; readonly limit: Limit }>()
  const calls = new Map<string, Counted>()

  const limitAt = ({ own, raise }: Limit, at: number): bigint =>
    raise !== undefined && at < raise.until ? raise.limit : own

  const usable = (limit: Limit, at: number, all: boolean): bigint => {
    const now = limitAt(limit, at)
    return all ? now : now - smaller(limit.reserve, now)
  }

  const figuresOf = (place: CapPlace, periods: Periods): Pick<Figures, 'settled' | 'held'> => {
    let [settled, held] = [0n, 0n]
    for (const counted of calls.values()) {
      if (counted.periods[place.kind] !== periods[place.kind] || !countsIn(place, counted.call)) continue
      settled += counted.standing.settled
      if (counted.standing.state === 'open') held += counted.call.bound
    }
    return { settled, held }
  }

  const find = (attempt: string): Counted => {
    const counted = calls.get(attempt)
    if (counted === undefined) throw new Error('the model knows no such call')
    return counted
  }

  const overAt = (name: string, call: Call, zone: string): bigint => {
    const set = limits.get(name)
    if (set === undefined) throw new Error(`no cap is set for ${name}`)
    const { settled, held } = figuresOf(set.place, months.look(call.startedAt, zone))
    return settled + held + call.bound - usable(set.limit, call.startedAt, call.urgent)
  }

  return {
    calls: (): readonly Counted[] => [...calls.values()],
    find,
    ownLimit: (place: CapPlace): bigint | undefined => limits.get(nameOf(place))?.limit.own,
    isSet: (place: CapPlace): boolean => limits.has(nameOf(place)),
    setLimit: (place: CapPlace, own: bigint): void => {
      const reserve = limits.get(nameOf(place))?.limit.reserve ?? 0n
      limits.set(nameOf(place), { place, limit: { own, raise: undefined, reserve } })
    },
    removeLimit: (place: CapPlace): void => void limits.delete(nameOf(place)),
    raise: (place: CapPlace, limit: bigint, until: number): void => {
      const set = limits.get(nameOf(place))
      if (set !== undefined) set.limit.raise = { limit, until }
    },
    setReserve: (amount: bigint): void => {
      const set = limits.get(nameOf(monthOfAll))
      if (set !== undefined) set.limit.reserve = amount
    },
    /** Begins the periods around a moment, as the first hold in them does. */
    open: months.open,
    /**
     * By how much a call would pass the worst of the caps that apply to it, those left out that are `changing`; negative or zero: it fits
     * under all. Undefined: none applies.
     */
    over: (call: Call, zone: string, changing: ReadonlySet<string> = new Set()): bigint | undefined =>
      [...limits]
        .filter(([name, { place }]) => countsIn(place, call) && !changing.has(name))
        .map(([name]) => overAt(name, call, zone))
        .reduce(
          (worst: bigint | undefined, over) => (worst === undefined || over > worst ? over : worst),
          undefined,
        ),
    overAt,
    begin: (call: Call, zone: string): void => {
      const periods = months.open(call.startedAt, zone)
      calls.set(call.attempt, { call, periods, standing: { state: 'open', settled: 0n }, kept: true })
    },
    end: (attempt: string, state: 'estimated' | 'exact', settled: bigint): void => {
      find(attempt).standing = { state, settled }
    },
    /** Receipts that are given up: their money stays counted, nobody can say anything about them any more. */
    forget: (receipt: string): void => {
      for (const counted of calls.values()) if (counted.call.receipt === receipt) counted.kept = false
    },
    /** Every cap that is set, as it stands at a moment. */
    figures: (at: number, zone: string): ReadonlyMap<string, Figures> => {
      const periods = months.look(at, zone)
      return new Map(
        [...limits].map(([name, { place, limit }]) => {
          const now = limitAt(limit, at)
          return [name, { limit: now, reserve: smaller(limit.reserve, now), ...figuresOf(place, periods) }]
        }),
      )
    },
  }
}
export type Model = ReturnType<typeof model>
