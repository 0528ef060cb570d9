import { styleText } from 'node:util'

/** Milliseconds by step, in the order in which they were done. */
export type Timings = Record<string, number>

/** Tells a person at the terminal what is being done, and how long it took. */
export type Progress = {
  readonly timings: Timings
  step<Value>(name: string, words: string, work: () => Promise<Value>): Promise<Value>
  say(text: string): void
}

const SECOND_MS = 1_000

const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(1)} s`

/** `write` gets whole lines. `now` is in ms and only differences of it are used. */
export const newProgress = (write: (line: string) => void, now: () => number): Progress => {
  const timings: Timings = {}
  return {
    timings,
    say: write,
    step: async (name, words, work) => {
      write(`${styleText('dim', '…')} ${words}`)
      const began = now()
      const value = await work()
      timings[name] = Math.round(now() - began)
      write(`${styleText('green', '✓')} ${words} ${styleText('dim', seconds(now() - began))}`)
      return value
    },
  }
}
