import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import { greater } from './amounts.ts'

/** A limit as somebody set it. `until`: a raise that ends then (ms) and leaves `own`. Undefined: the cap was taken away. */
type Limit = { readonly own: bigint; readonly raised?: { readonly limit: bigint; readonly until: number } }

/** A change that was asked for at `from` and known to have happened at `until` (ms), infinity while it is not known. */
type Change = { readonly from: number; until: number; readonly limit: Limit | undefined }

export const placeText = ({ scope, id, kind }: CapPlace): string => `${scope} ${id} ${kind}`

const at = (limit: Limit | undefined, moment: number): bigint | undefined => {
  if (limit?.raised === undefined || limit.raised.until <= moment) return limit?.own
  return limit.raised.limit
}

const highest = (limits: readonly (bigint | undefined)[]): bigint | undefined => {
  const known = limits.filter((limit) => limit !== undefined)
  if (known.length < limits.length) return undefined
  return known.reduce(greater, 0n)
}

/** Which limits can have been in force at a moment, by what whoever set them knows. */
export type Limits = {
  /** Makes a change, and remembers when it can have begun to hold. `make` tells whether it surely was made; otherwise it is only one of the limits that can hold. */
  change(place: CapPlace, limit: Limit | undefined, make: () => Promise<boolean>): Promise<void>
  /**
   * The highest limit of a cap that can have been in force at some moment from `from` to `until` (ms); undefined: there may have been none. A
   * raise counts for `lateMs` longer: a grant is judged by the moment at which it is made, and is seen when it is written.
   */
  between(place: string, from: number, until: number, lateMs?: number): bigint | undefined
}

/** Begins with the caps as they stand. */
export const newLimits = (caps: readonly ScopedCap[]): Limits => {
  const changes = new Map<string, Change[]>(
    caps.map((cap) => [placeText(cap), [{ from: 0, until: 0, limit: { own: cap.limit } }]]),
  )
  const between: Limits['between'] = (place, from, until, lateMs = 0) => {
    const all = changes.get(place) ?? []
    const before = all.findLastIndex((change) => change.until <= from)
    const inForce = all.slice(Math.max(before, 0)).filter((change) => change.from <= until)
    const none = before === -1 ? [undefined] : []
    return highest([...none, ...inForce.flatMap(({ limit }) => [at(limit, from - lateMs), at(limit, until)])])
  }
  return {
    change: async (place, limit, make) => {
      const change: Change = { from: Date.now(), until: Number.POSITIVE_INFINITY, limit }
      const name = placeText(place)
      changes.set(name, [...(changes.get(name) ?? []), change])
      if (await make()) change.until = Date.now()
    },
    between,
  }
}
