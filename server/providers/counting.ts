import { patience } from './patience.ts'
import { type Countable, isSendable, type Parts, type Protocol } from './stream.ts'

/** The longest that a count is waited for: a person waits for the draft that comes after it. */
const COUNT_MS = 3_000

/** A count with room for what it may be off: so many hundredths of it, rounded up, and so many tokens more. */
export const withRoom = (tokens: number, hundredths: number, more: number): number =>
  Math.ceil((tokens * hundredths) / 100) + more

/** The most input tokens of a call, counted. Whatever goes wrong leaves it uncounted, since nothing is owed for a count and the call itself will tell. */
export const countInput = async (
  protocol: Protocol,
  parts: Parts,
  countable: Countable,
  signal: AbortSignal,
): Promise<number | undefined> => {
  if (!isSendable(countable.call.key) || signal.aborted) return undefined
  const watch = patience(parts.fetch, { ...parts, totalMs: Math.min(parts.totalMs, COUNT_MS) }, signal)
  try {
    return await protocol.count(countable, watch)
  } catch {
    return undefined
  } finally {
    watch.end()
  }
}
