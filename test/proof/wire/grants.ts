import { z } from 'zod'
import { dayOf } from '../../../server/domain/books/periods.ts'
import { wholeChain } from '../../../server/store/books/events.ts'
import type { Database } from '../../../server/store/database.ts'
import { Usd } from '../../../shared/money.ts'
import { greater } from './amounts.ts'
import type { Limits } from './limits.ts'

const Entry = z.object({
  at: z.number(),
  kind: z.string(),
  facts: z.object({
    attempt: z.string(),
    member: z.string().optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
    period: z.string().optional(),
    held: Usd,
    settled: Usd.optional(),
  }),
})
type Entry = z.infer<typeof Entry>

/** What one attempt counts for at a point of the chain, and under which caps in which periods. */
type Counted = { readonly under: readonly string[]; amount: bigint }

/** The caps that a hold counts under, each with its period. */
const underOf = ({ at, facts }: Entry, timeZone: string): readonly (readonly [string, string])[] => {
  const scopes = ['workspace ', `member ${facts.member}`, `model ${facts.provider}/${facts.model}`]
  const day = dayOf(at, timeZone)
  return scopes.flatMap((scope) => [
    [`${scope} month`, facts.period ?? ''] as const,
    [`${scope} day`, day] as const,
  ])
}

const inPeriod = ([place, period]: readonly [string, string]): string => `${place} in ${period}`

const entriesOf = async (database: Database, workspace: string): Promise<readonly Entry[]> =>
  (await wholeChain(database.db, workspace, 'ledger')).map(({ bytes }) => Entry.parse(JSON.parse(bytes)))

/** A vault's clock shows whole milliseconds, and so does ours. */
const SAME_MOMENT_MS = 1

/**
 * The most by which a grant ever passed a cap, in picodollars: settled + held + new is added up at each hold along the chain and compared with
 * every limit that can have been in force at that moment. Also counts the grants that were looked at.
 */
export const overshootOfGrants = async (
  { database, workspace }: { readonly database: Database; readonly workspace: string },
  limits: Limits,
  timeZone: string,
): Promise<{ readonly overshoot: bigint; readonly grants: number }> => {
  const counted = new Map<string, Counted>()
  const used = new Map<string, bigint>()
  const count = (one: Counted, amount: bigint): void => {
    for (const place of one.under) used.set(place, (used.get(place) ?? 0n) + amount - one.amount)
    one.amount = amount
  }
  let [overshoot, grants] = [0n, 0]
  for (const entry of await entriesOf(database, workspace)) {
    const { attempt, held, settled } = entry.facts
    const known = counted.get(attempt)
    if (known !== undefined) count(known, settled ?? held)
    if (entry.kind !== 'held') continue
    grants += 1
    const under = underOf(entry, timeZone)
    const one = { under: under.map(inPeriod), amount: 0n }
    counted.set(attempt, one)
    count(one, held)
    for (const [place, period] of under) {
      const limit = limits.between(place, entry.at - SAME_MOMENT_MS, entry.at + SAME_MOMENT_MS)
      const over = limit === undefined ? 0n : (used.get(inPeriod([place, period])) ?? 0n) - limit
      overshoot = greater(overshoot, over)
    }
  }
  return { overshoot, grants }
}
