import { problemOf } from '../../vault/problem.ts'

/** How long to wait before asking again for a draft that another request is said to be writing, and how often: longer than vaults take to notice that one of them is gone. */
const WAIT_MS = 2_000
const MOST_WAITS = 15

/** Waits; ends at once when the signal aborts. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })

/**
 * Asks, and as long as the answer is `still-running` asks again after a while: a draft whose stream was cut is being finished, or its vault is
 * gone and the others are about to notice. `onWait` tells each time; what was refused at last is thrown.
 */
export const askedPatiently = async (
  ask: () => Promise<void>,
  onWait: () => void,
  signal: AbortSignal,
): Promise<void> => {
  for (let waits = 0; ; waits += 1) {
    try {
      return await ask()
    } catch (thrown) {
      if (problemOf(thrown)?.slug !== 'still-running' || waits === MOST_WAITS || signal.aborted) throw thrown
      onWait()
      await pause(WAIT_MS, signal)
    }
  }
}
