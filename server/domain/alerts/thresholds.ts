import type { AlertSubject, Threshold } from '../../../shared/books/alerts.ts'
import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import type { NewAlert } from './alerts.ts'

/** The threshold of the whole cap, which a refused draft reaches as well. */
const WHOLE = 100

/** Every threshold that there can be. */
const percents: readonly number[] = Array.from({ length: WHOLE }, (_, index) => index + 1)

type CapSubject = Extract<AlertSubject, { readonly kind: 'cap' }>

/** A cap in a period that runs. */
type RunningCap = Pick<ScopedCap, keyof CapPlace | 'name' | 'limit' | 'settled' | 'period'>

/** A threshold that what is settled has reached, or that a refused draft stands for. */
export type Crossing = { readonly about: string; readonly subject: CapSubject }

/** What was last told of a threshold in a period. `armedAt` (ms): since when it may be told again; null: it may not. */
export type ToldThreshold = {
  readonly about: string
  readonly number: number
  readonly limit: Picodollars
  readonly armedAt: number | null
}

/** Names a threshold of a cap in a period; the zone of a period never changes, so its start names it. */
const aboutThreshold = ({ scope, id, kind }: CapPlace, startsAt: number, percent: number): string =>
  JSON.stringify(['cap', scope, id, kind, startsAt, percent])

/** The names of every threshold that a cap can have in the period that runs. */
export const everyThreshold = (cap: RunningCap): readonly string[] =>
  percents.map((percent) => aboutThreshold(cap, cap.period.startsAt, percent))

/** Whether what is settled has reached a share of the limit, exactly. A limit of nothing is never reached by nothing. */
export const isReached = (
  { limit, settled }: Pick<RunningCap, 'limit' | 'settled'>,
  percent: number,
): boolean => limit > 0n && settled * BigInt(WHOLE) >= limit * BigInt(percent)

const isSame = (one: CapPlace, other: CapPlace): boolean =>
  one.scope === other.scope && one.id === other.id && one.kind === other.kind

const crossingOf = (cap: RunningCap, percent: number, refused: boolean): Crossing => {
  const { scope, id, kind, name, limit, settled, period } = cap
  return {
    about: aboutThreshold(cap, period.startsAt, percent),
    subject: {
      kind: 'cap',
      percent,
      refused,
      cap: { scope, id, kind, name },
      limit,
      settled,
      resetsAt: period.endsAt,
    },
  }
}

/** What stands crossed in the periods that run, told or not: by what is settled, and the whole of a cap also by a draft that it refused. */
export const crossingsOf = (
  caps: readonly RunningCap[],
  thresholds: readonly Threshold[],
  refusing: readonly CapPlace[],
): readonly Crossing[] =>
  caps.flatMap((cap) =>
    thresholds
      .filter(({ on }) => on)
      .flatMap(({ percent }) => {
        if (isReached(cap, percent)) return [crossingOf(cap, percent, false)]
        const refused = percent === WHOLE && refusing.some((place) => isSame(place, cap))
        return refused ? [crossingOf(cap, percent, true)] : []
      }),
  )

/** Since when (ms) a cap has its own limit again after a temporary raise; undefined: it has not been raised. */
export type RaiseEnded = (place: CapPlace) => number | undefined

/**
 * The crossings that are to be told: those that never were in this period, and those that were armed again since. A temporary raise that ends
 * is a lowering: what was armed for it is not told at the limit that was told of before; a threshold that never was told still is.
 */
export const newlyCrossed = (
  crossings: readonly Crossing[],
  told: ReadonlyMap<string, ToldThreshold>,
  raiseEnded: RaiseEnded,
): readonly NewAlert[] =>
  crossings.flatMap(({ about, subject }) => {
    const before = told.get(about)
    if (before === undefined) return [{ about, number: 1, subject }]
    const { number, armedAt } = before
    if (armedAt === null || armedAt <= (raiseEnded(subject.cap) ?? -1)) return []
    return [{ about, number: number + 1, subject }]
  })

/**
 * Since when a threshold that was told may be told again, after its cap was changed at a moment (ms). A limit higher than the one that was told
 * of arms it when that puts the threshold above what is settled; a limit that leaves it reached disarms it.
 */
export const armedAfter = (
  { limit, settled }: Pick<RunningCap, 'limit' | 'settled'>,
  percent: number,
  told: ToldThreshold,
  at: number,
): number | null => {
  if (isReached({ limit, settled }, percent)) return null
  return limit > told.limit ? at : told.armedAt
}
