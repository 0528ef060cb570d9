import { Refusal } from '../refusal.ts'

/** Work that must not be cut when the vault stops. */
export type Drain = {
  /** Runs work to its end. While the vault stops nothing new begins: `vault-stopping`. The signal aborts when patience is over. */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Waits until all work has ended. `giveUp` aborts what still runs; its endings are waited for as well. */
  close(giveUp: AbortSignal): Promise<void>
  readonly open: boolean
  /** How many works run now. */
  readonly running: number
}

/** Counts running work, so that a stop can wait for it. */
export const drain = (): Drain => {
  const running = new Set<Promise<unknown>>()
  const stop = new AbortController()
  let open = true
  return {
    get open() {
      return open
    },
    get running() {
      return running.size
    },
    run: async (work) => {
      if (!open) throw new Refusal('vault-stopping', {})
      const promise = work(stop.signal)
      running.add(promise)
      try {
        return await promise
      } finally {
        running.delete(promise)
      }
    },
    close: async (giveUp) => {
      open = false
      giveUp.addEventListener('abort', () => stop.abort(), { once: true })
      if (giveUp.aborted) stop.abort()
      await Promise.allSettled(running)
    },
  }
}
