import { problemOf } from '../../vault/problem.ts'

/** Refusals that pass by themselves: the draft is being written for another request, or what is left of a cap is reserved by other drafts. */
const passing = ['still-running', 'cap-held'] as const
export type WaitReason = (typeof passing)[number]

const reasonOf = (thrown: unknown): WaitReason | undefined =>
  passing.find((slug) => slug === problemOf(thrown)?.slug)

/** How long to wait before asking again, and how often: longer than vaults take to notice that one of them is gone, and than most drafts take. */
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
 * Asks, and as long as the refusal passes by itself asks again after a while with the same request: a draft whose stream was cut is being
 * finished, its vault is gone and the others are about to notice, or money that other drafts hold is about to come back. `onWait` tells each
 * time; what was refused at last is thrown, also when the person stopped meanwhile.
 */
export const askedPatiently = async (
  ask: () => Promise<void>,
  onWait: (reason: WaitReason) => void,
  signal: AbortSignal,
): Promise<void> => {
  for (let waits = 0; ; waits += 1) {
    try {
      return await ask()
    } catch (thrown) {
      const reason = reasonOf(thrown)
      if (reason === undefined || waits === MOST_WAITS || signal.aborted) throw thrown
      onWait(reason)
      await pause(WAIT_MS, signal)
      if (signal.aborted) throw thrown
    }
  }
}
