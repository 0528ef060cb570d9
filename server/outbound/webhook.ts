import type { Post, Tried } from '../domain/alerts/outbox.ts'

/** How long a receiver may take, in milliseconds. */
const PATIENCE_MS = 10_000

/** The receiver says that it is gone for good. */
const GONE = 410

/** What went wrong before there was an answer, by the code of the error; anything else is `unreachable`. */
const failures: Readonly<Record<string, string>> = {
  ERR_REFUSED_ADDRESS: 'refused-address',
  ERR_REDIRECTED: 'redirected',
  ENOTFOUND: 'unknown-host',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const failed = (failure: string, lasting = false): Tried => ({ delivered: false, failure, lasting })

/**
 * Posts to a webhook by a guarded fetch. Only the status is looked at; the answer's words are never read. It never throws: whatever goes wrong
 * is a reason in a word.
 */
export const webhookPost =
  (fetchGuarded: typeof fetch, patienceMs = PATIENCE_MS) =>
  async ({ address, headers, body }: Post, signal: AbortSignal): Promise<Tried> => {
    const timeout = AbortSignal.timeout(patienceMs)
    try {
      const both = AbortSignal.any([signal, timeout])
      const answer = await fetchGuarded(address, { method: 'POST', headers, body, signal: both })
      await answer.body?.cancel()
      if (answer.ok) return { delivered: true }
      return failed(`http-${answer.status}`, answer.status === GONE)
    } catch (error) {
      if (timeout.aborted) return failed('timeout')
      const failure = failures[codeOf(error)] ?? 'unreachable'
      return failed(failure, failure === 'refused-address')
    }
  }
