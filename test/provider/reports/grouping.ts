import type { BookedCall, Costs } from '../money/books.ts'

/** Calls that share a time bucket and every dimension that was asked for. `at`: the bucket's first millisecond. */
export type Group = {
  readonly at: number
  readonly keyId: string | null
  readonly model: string | null
  readonly calls: readonly BookedCall[]
}

/** What a report is asked for, of any provider. */
export type Wish = {
  readonly from: number
  readonly to: number
  /** Undefined: the whole range is one bucket. */
  readonly widthMs: number | undefined
  readonly byKey: boolean
  readonly byModel: boolean
  /** Undefined: every key. */
  readonly keyIds: readonly string[] | undefined
}

export const widths = { '1m': 60_000, '1h': 3_600_000, '1d': 86_400_000 } as const

const bucketOf = ({ at }: BookedCall, { widthMs, from }: Wish): number =>
  widthMs === undefined ? from : at - (at % widthMs)

/** Groups the calls of a range, the oldest bucket first. */
export const grouped = (calls: readonly BookedCall[], wish: Wish): readonly Group[] => {
  const wanted = calls.filter(
    ({ at, keyId }) => at >= wish.from && at < wish.to && (wish.keyIds?.includes(keyId) ?? true),
  )
  const groups = Map.groupBy(wanted, (call) =>
    JSON.stringify([bucketOf(call, wish), wish.byKey ? call.keyId : null, wish.byModel ? call.model : null]),
  )
  return [...groups.values()]
    .flatMap((some): Group[] => {
      const [first] = some
      if (first === undefined) return []
      const [keyId, model] = [wish.byKey ? first.keyId : null, wish.byModel ? first.model : null]
      return [{ at: bucketOf(first, wish), keyId, model, calls: some }]
    })
    .toSorted((one, other) => one.at - other.at)
}

/** Tokens of one kind over all calls of a group. */
export const tokensOf = ({ calls }: Group, kind: keyof BookedCall['buckets']): number =>
  calls.reduce((sum, { buckets }) => sum + buckets[kind], 0)

/** Picodollars of one kind over all calls of a group. */
export const costOf = ({ calls }: Group, kind: keyof Costs): bigint =>
  calls.reduce((sum, { costs }) => sum + costs[kind], 0n)

/** A query's values of a list, as the SDKs write it: `group_by[]=model&group_by[]=…`. */
export const listIn = (query: URLSearchParams, name: string): readonly string[] | undefined => {
  const values = [...query.getAll(`${name}[]`), ...query.getAll(name)]
  return values.length === 0 ? undefined : values
}

/** A page of `size`, from where an opaque cursor says. */
export const pageOf = <Item>(items: readonly Item[], cursor: string | null, size: number) => {
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString().slice(5))
  if (!Number.isInteger(from) || from < 0) return undefined
  const next = from + size < items.length ? Buffer.from(`page:${from + size}`).toString('base64url') : null
  return { items: items.slice(from, from + size), next }
}
