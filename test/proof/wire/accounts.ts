import { z } from 'zod'
import { checkBooks } from '../../../server/commands/doctor/books.ts'
import { checkChains } from '../../../server/commands/doctor/chains.ts'
import type { Database } from '../../../server/store/database.ts'
import { countEverywhere } from '../../books/agreement.ts'
import type { BookedCall } from '../../provider/simulator.ts'
import { above, apart, total } from './amounts.ts'

const Amount = z.coerce.bigint()
const Attempt = z.object({
  id: z.string(),
  receipt_id: z.string(),
  purpose: z.string(),
  outcome: z.string(),
  certainty: z.string(),
  held: Amount,
  settled: Amount,
  provider_request_id: z.string().nullable(),
})
type Attempt = z.infer<typeof Attempt>

/** A workspace's books as they lie in the database, and what its providers say that they did. */
export type Books = {
  readonly database: Database
  readonly workspace: string
  readonly calls: readonly BookedCall[]
}

/** What the books came to. `difference` in picodollars: by how much they differ from the bill, from themselves or from what a bound allows. */
export type Accounts = {
  readonly leakedHolds: number
  readonly difference: bigint
  readonly exact: number
  readonly estimated: number
}

const spread = (figures: Record<string, bigint>): bigint => {
  const [first = 0n, ...others] = Object.values(figures)
  return total(others.map((figure) => apart(figure, first)))
}
const dearestFirst = (one: bigint, other: bigint): number => (one < other ? 1 : one > other ? -1 : 0)

const isExact = ({ certainty }: Attempt): boolean => certainty === 'exact'

/** The call that an attempt names; none where its provider's answer never came. */
const pairUp = (attempts: readonly Attempt[], calls: readonly BookedCall[]) => {
  const unnamed = new Map(calls.map((call) => [`req_${call.id}`, call]))
  const named = new Map<string, BookedCall>()
  for (const { id, provider_request_id: request } of attempts) {
    if (request === null) continue
    const call = unnamed.get(request)
    if (call === undefined)
      throw new Error(`attempt ${id} names a call that was never made, or made by another`)
    unnamed.delete(request)
    named.set(id, call)
  }
  return { named, unnamed: [...unnamed.values()].filter(({ picodollars }) => picodollars > 0n) }
}

/**
 * Calls that no attempt names were made for attempts that were lost or broken. Which was whose nobody can tell any more, but every one must have
 * room: the dearest call in the largest estimate, the next in the next. Gives what finds no room.
 */
const withoutRoom = (calls: readonly BookedCall[], estimates: readonly bigint[]): bigint => {
  const rooms = estimates.toSorted(dearestFirst)
  const bills = calls.map(({ picodollars }) => picodollars).toSorted(dearestFirst)
  return total(bills.map((bill, index) => above(bill, rooms[index] ?? 0n)))
}

/** Completed attempts equal the bill; the others satisfy bill ≤ settled ≤ hold. */
const differenceToBill = (attempts: readonly Attempt[], calls: readonly BookedCall[]): bigint => {
  const { named, unnamed } = pairUp(attempts, calls)
  const billOf = ({ id }: Attempt): bigint => named.get(id)?.picodollars ?? 0n
  const estimated = attempts.filter((attempt) => !isExact(attempt))
  return (
    total(attempts.filter(isExact).map((attempt) => apart(attempt.settled, billOf(attempt)))) +
    total(estimated.map((attempt) => above(billOf(attempt), attempt.settled))) +
    total(estimated.map(({ settled, held }) => above(settled, held))) +
    withoutRoom(
      unnamed,
      estimated.filter(({ id }) => !named.has(id)).map(({ settled }) => settled),
    )
  )
}

/** Every attempt of a workspace. */
export const attemptsIn = async ({ db }: Database, workspace: string): Promise<readonly Attempt[]> => {
  const rows = await db.selectFrom('attempts').selectAll().where('workspace_id', '=', workspace).execute()
  return rows.map((row) => Attempt.parse(row))
}

/** Compares the books with themselves and with the bill. Throws when a chain is broken, a receipt is no sum, or a call has no line. */
export const accountsOf = async ({ database, workspace, calls }: Books): Promise<Accounts> => {
  const attempts = await attemptsIn(database, workspace)
  const counted = await countEverywhere({ database, workspace })
  const found = [...(await checkBooks(database.db)), ...(await checkChains(database.db, [workspace]))]
  const wrong = found.filter(({ state }) => state !== 'good')
  if (wrong.length > 0 || !counted.chain || !counted.everyCap)
    throw new Error(`the books are wrong: ${JSON.stringify(wrong)}`)
  return {
    leakedHolds: counted.open,
    difference:
      differenceToBill(attempts, calls) +
      spread(counted.settled) +
      spread(counted.held) +
      (counted.held.counters ?? 0n),
    exact: attempts.filter(isExact).length,
    estimated: attempts.filter((attempt) => !isExact(attempt)).length,
  }
}
