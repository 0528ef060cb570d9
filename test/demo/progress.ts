import { styleText } from 'node:util'

/** Milliseconds by step, in the order in which they were done. */
type Timings = Record<string, number>

/** Tells a person at the terminal what is being done, and how long it took. */
export type Progress = {
  readonly timings: Timings
  /** Does one step; what goes wrong in it is thrown with the words of the step. */
  step<Value>(name: string, words: string, work: () => Promise<Value>): Promise<Value>
  say(text: string): void
}

/** Where progress is written. A terminal shows a step while it runs and replaces it when it is done; a log gets whole lines only. */
type Paper = { readonly isTerminal: boolean; write(text: string): void }

const SECOND_MS = 1_000
const ERASE_LINE = '\r\u001B[K'

const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(1)} s`

/** `now` is in ms; only differences of it are used. */
export const newProgress = ({ isTerminal, write }: Paper, now: () => number): Progress => {
  const timings: Timings = {}
  const erase = isTerminal ? ERASE_LINE : ''
  const say = (text: string): void => write(`${erase}${text}\n`)
  return {
    timings,
    say,
    step: async (name, words, work) => {
      if (isTerminal) write(`${erase}${styleText('dim', '…')} ${words}`)
      const began = now()
      try {
        const value = await work()
        timings[name] = Math.round(now() - began)
        say(`${styleText('green', '✓')} ${words} ${styleText('dim', seconds(now() - began))}`)
        return value
      } catch (error) {
        throw new Error(`${words}: ${error instanceof Error ? error.message : 'unknown error'}`, {
          cause: error,
        })
      }
    },
  }
}
