/** Provider calls that one request of a person may make. */
const MOST_CALLS = 4
/** The latest that a further one may begin, in milliseconds since the draft began: a person is waiting. */
const LATEST_CALL_MS = 45_000

/** Whether a draft that began at `begunAt` and has made so many calls without visible text may make a further one. */
export const mayCallAgain = (calls: number, begunAt: number, now: number): boolean =>
  calls < MOST_CALLS && now - begunAt <= LATEST_CALL_MS
