import { z } from 'zod'
import { type Picodollars, sum, Usd, zero } from '../../../shared/money.ts'
import type { EventFacts } from './events.ts'

/** Money that counts in one period under one scope; the scope as events write it: `workspace`, or with an id behind a colon. */
export type PlacedAmount = {
  readonly periodId: string
  readonly scope: string
  readonly settled: Picodollars
}

/** What one batch took out of the books: receipts that began before `before` (ms), and what they had settled, by period and scope. */
export type Pruned = {
  readonly before: number
  readonly receipts: number
  readonly amounts: readonly PlacedAmount[]
}

/** A scope as events write it. */
export const scopeText = (scope: string, id: string): string => (id === '' ? scope : `${scope}:${id}`)

const SETTLED = 'settled:'

/** The facts of a `pruned-up-to` event: `settled:PERIOD:SCOPE` is what went from there. */
export const prunedFacts = ({ before, receipts, amounts }: Pruned): EventFacts => ({
  before: new Date(before).toISOString(),
  receipts,
  ...Object.fromEntries(
    amounts.map(({ periodId, scope, settled }) => [`${SETTLED}${periodId}:${scope}`, Usd.encode(settled)]),
  ),
})

const Facts = z.looseObject({ before: z.iso.datetime(), receipts: z.int() })

/** Reads the facts of a `pruned-up-to` event. Throws on what prunedFacts has not written. */
export const readPruned = (facts: unknown): Pruned => {
  const { before, receipts, ...rest } = Facts.parse(facts)
  const amounts = Object.entries(rest).flatMap(([name, amount]) => {
    const [, periodId, scope] = /^settled:([^:]+):(.+)$/.exec(name) ?? []
    return periodId === undefined || scope === undefined
      ? []
      : [{ periodId, scope, settled: Usd.parse(amount) }]
  })
  return { before: Date.parse(before), receipts, amounts }
}

/** A place where the books do not add up: what the counter says, and what its lines and the pruned amounts come to. */
export type Difference = {
  readonly periodId: string
  readonly scope: string
  readonly counted: Picodollars
  readonly found: Picodollars
}

type Totals = ReadonlyMap<string, Picodollars>

const nameOf = ({ periodId, scope }: Pick<PlacedAmount, 'periodId' | 'scope'>): string =>
  `${periodId}:${scope}`

const totalsOf = (amounts: readonly PlacedAmount[]): Totals => {
  const totals = new Map<string, Picodollars>()
  for (const amount of amounts) {
    const name = nameOf(amount)
    totals.set(name, sum([totals.get(name) ?? zero, amount.settled]))
  }
  return totals
}

/**
 * The rule by which the books add up: in each period and scope the counter is the sum of the hold lines that remain and of what was pruned. `[]`
 * when it holds everywhere.
 */
export const differences = (books: {
  readonly counters: readonly PlacedAmount[]
  readonly lines: readonly PlacedAmount[]
  readonly pruned: readonly PlacedAmount[]
}): readonly Difference[] => {
  const counters = totalsOf(books.counters)
  const rest = totalsOf([...books.lines, ...books.pruned])
  const all = [...books.counters, ...books.lines, ...books.pruned]
  const places = new Map(all.map((one) => [nameOf(one), one]))
  return [...places]
    .map(([name, { periodId, scope }]) => {
      const [counted, found] = [counters.get(name) ?? zero, rest.get(name) ?? zero]
      return { periodId, scope, counted, found }
    })
    .filter(({ counted, found }) => counted !== found)
}
