import { ExponentialBackoff, halfJitterGenerator } from 'cockatiel'

const FIRST_MS = 1_000
const LONGEST_MS = 5 * 60_000
/** After so many failures in a row the rest is the longest already. */
const MOST_STEPS = 10

const backoff = new ExponentialBackoff({
  initialDelay: FIRST_MS,
  maxDelay: LONGEST_MS,
  generator: halfJitterGenerator,
})

/**
 * How long to rest after so many failures in a row, in milliseconds: doubled with each, between half and the whole of it by chance, so that
 * those who rested together do not come back together.
 */
export const restAfter = (failures: number): number => {
  let step = backoff.next()
  for (let count = 1; count < Math.min(failures, MOST_STEPS); count += 1) step = step.next(undefined)
  return step.duration
}
