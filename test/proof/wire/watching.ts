import { setTimeout as pause } from 'node:timers/promises'
import { above, apart, greater } from './amounts.ts'
import { capsAt, type Desk } from './desk.ts'
import { placeText } from './limits.ts'

/** Milliseconds between two looks at the caps. */
const LOOK_MS = 120
/** The longest that a grant can take from the moment by which it is judged until others see it. */
const GRANT_MS = 30_000

/** What the looks came to: the most by which a cap was seen passed or wrongly added up, in picodollars. */
type Seen = { readonly passed: bigint; readonly looks: number }

/** A cap is passed when more is used than any limit that can have held since the look before, and more than that look saw. */
const looker = ({ limits, people }: Desk) => {
  const before = new Map<string, bigint>()
  let from = Date.now()
  return async (): Promise<bigint> => {
    const began = Date.now()
    let passed = 0n
    for (const cap of await capsAt(people[1])) {
      const place = placeText(cap)
      const used = cap.settled + cap.held
      const most = limits.between(place, from, Date.now(), GRANT_MS)
      const over = most === undefined ? 0n : above(used, greater(most, before.get(place) ?? 0n))
      passed = greater(passed, greater(over, apart(cap.left, above(cap.limit, used))))
      before.set(place, used)
    }
    from = began
    return passed
  }
}

/** Looks at every cap through the vaults again and again while something is done. */
export const watchedWhile = async (desk: Desk, work: () => Promise<void>): Promise<Seen> => {
  const look = looker(desk)
  let [passed, looks, watching] = [0n, 0, true]
  const watch = async (): Promise<void> => {
    for (; watching; looks += 1) {
      passed = greater(passed, await look())
      await pause(LOOK_MS)
    }
  }
  const stop = (): void => {
    watching = false
  }
  await Promise.all([work().finally(stop), watch()])
  return { passed, looks }
}
