import { type Picodollars, pico, zero } from '../../../shared/money.ts'
import type { SpendDriver } from '../../../shared/spend.ts'

/** A model, member or channel and what it cost. */
export type Part = {
  readonly by: 'model' | 'member' | 'channel'
  readonly id: string | null
  readonly name: string | null
  readonly settled: Picodollars
}

/** What is compared: the replies, what they cost together, and the parts of all that was spent. */
export type Compared = {
  readonly replies: number
  readonly replyCost: Picodollars
  readonly parts: readonly Part[]
}

/** Parts that are told at most; with the two about replies that is a dozen. */
const MOST_PARTS = 10

/** Cut to a whole picodollar; zero of no reply. */
const perReply = ({ replies, replyCost }: Compared): Picodollars =>
  replies === 0 ? zero : pico(replyCost / BigInt(replies))

/**
 * More or fewer replies at the exact cost per reply of before, cut to a whole picodollar towards zero. Without a reply before there is no such
 * cost: then the whole change is that there are replies now.
 */
const byReplies = (now: Compared, before: Compared): bigint => {
  const change = now.replyCost - before.replyCost
  if (before.replies === 0) return change
  return (BigInt(now.replies - before.replies) * before.replyCost) / BigInt(before.replies)
}

/** The change of `replyCost` in two parts that add up to it exactly: whatever more or fewer replies do not explain is their cost. */
const replyDrivers = (now: Compared, before: Compared): SpendDriver[] => {
  const volume = byReplies(now, before)
  const rest = now.replyCost - before.replyCost - volume
  return [
    { by: 'replies', difference: pico(volume), before: before.replies, after: now.replies },
    { by: 'reply-cost', difference: pico(rest), before: perReply(before), after: perReply(now) },
  ]
}

const keyOf = ({ by, id }: Part): string => `${by} ${id}`

const partDrivers = (now: Compared, before: Compared): SpendDriver[] => {
  const here = new Map(now.parts.map((part) => [keyOf(part), part]))
  const there = new Map(before.parts.map((part) => [keyOf(part), part]))
  return [...new Map([...there, ...here])].map(([key, { by, id, name }]) => ({
    by,
    id,
    name,
    difference: pico((here.get(key)?.settled ?? 0n) - (there.get(key)?.settled ?? 0n)),
  }))
}

const size = ({ difference }: SpendDriver): bigint => (difference < 0n ? -difference : difference)

const largestFirst = (one: SpendDriver, other: SpendDriver): number => {
  if (size(one) === size(other)) return 0
  return size(one) < size(other) ? 1 : -1
}

const isChange = ({ difference }: SpendDriver): boolean => difference !== zero

/** What drove the change from `before` to `now`, the largest first; nothing that did not change. */
export const driversOf = (now: Compared, before: Compared): SpendDriver[] => {
  const parts = partDrivers(now, before).filter(isChange).toSorted(largestFirst).slice(0, MOST_PARTS)
  return [...replyDrivers(now, before).filter(isChange), ...parts].toSorted(largestFirst)
}
