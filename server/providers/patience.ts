import type { FailureReason } from '../../shared/providers.ts'

/** How long a call may take: until the answer's headers, between two pieces of its body, and altogether. Milliseconds. */
export type Limits = { readonly headersMs: number; readonly idleMs: number; readonly totalMs: number }

/** How long a connection is kept for reuse after the answer is whole, waiting for the provider to end it. */
const LINGER_MS = 250

/**
 * Watches one call. `signal` aborts it; `cause` says why, once it has. The idle time counts only while somebody waits for bytes, so
 * a slow reader is never taken for a stalled provider.
 */
export type Patience = {
  readonly signal: AbortSignal
  readonly cause: () => FailureReason | undefined
  /** Status of the last answer, as soon as its headers were there. */
  readonly status: () => number | undefined
  /** The provider's id of the organization that asks, where the last answer's headers told one. */
  readonly organization: () => string | undefined
  readonly fetch: typeof fetch
  /** The answer is whole: what remains is a matter of milliseconds. */
  readonly linger: () => void
  readonly end: () => void
}

type Timer = { readonly arm: (ms: number, cause: FailureReason) => void; readonly disarm: () => void }

const timerFor = (stop: (cause: FailureReason) => void): Timer => {
  let timer: NodeJS.Timeout | undefined
  const disarm = () => clearTimeout(timer)
  return {
    disarm,
    arm: (ms, cause) => {
      disarm()
      timer = setTimeout(stop, ms, cause)
    },
  }
}

type Body = ReadableStreamDefaultReader<Uint8Array>

/** Reads a body to its end, or as far as it comes. */
const drain = async (reader: Body): Promise<void> => {
  try {
    while (!(await reader.read()).done);
  } catch {
    // Nobody waits for the rest of a body whose answer is whole.
  }
}

/** The same body, with a timer that runs while a piece of it is awaited. Where the answer is whole, a reader who goes leaves the connection in order. */
const timed = (
  body: ReadableStream<Uint8Array>,
  waiting: Timer,
  { idleMs, isWhole }: { readonly idleMs: number; readonly isWhole: () => boolean },
) => {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        waiting.arm(idleMs, 'stalled')
        const piece = await reader.read().finally(waiting.disarm)
        if (piece.done) controller.close()
        else controller.enqueue(piece.value)
      },
      cancel: (reason) => (isWhole() ? drain(reader) : reader.cancel(reason)),
    },
    { highWaterMark: 0 },
  )
}

/** Headers in which providers name the account of a key. */
const ORGANIZATION_HEADERS = ['anthropic-organization-id', 'openai-organization']

const organizationOf = (headers: Headers): string | undefined => {
  const named = ORGANIZATION_HEADERS.map((header) => headers.get(header)).find((id) => id)
  return named && /^[\w.-]{1,100}$/.test(named) ? named : undefined
}

/** Starts to watch a call. `end` must be called when the call is over, however it ended: it lets go of the connection. */
export const patience = (connect: typeof fetch, limits: Limits, outer: AbortSignal): Patience => {
  const aborter = new AbortController()
  let cause: FailureReason | undefined
  let status: number | undefined
  let organization: string | undefined
  let whole = false
  const stop = (reason: FailureReason) => {
    if (aborter.signal.aborted) return
    cause = reason
    aborter.abort()
  }
  const onOuterAbort = () => stop('vault-stopped')
  const waiting = timerFor(stop)
  const total = timerFor(stop)
  total.arm(limits.totalMs, 'timeout')
  outer.addEventListener('abort', onOuterAbort, { once: true })
  return {
    signal: aborter.signal,
    cause: () => cause,
    status: () => status,
    organization: () => organization,
    linger: () => {
      whole = true
      total.arm(LINGER_MS, 'timeout')
    },
    fetch: async (input, init) => {
      waiting.arm(limits.headersMs, 'timeout')
      const answer = await connect(input, init).finally(waiting.disarm)
      status = answer.status
      organization = organizationOf(answer.headers)
      if (answer.body === null) return answer
      const { idleMs } = limits
      return new Response(timed(answer.body, waiting, { idleMs, isWhole: () => whole }), answer)
    },
    end: () => {
      waiting.disarm()
      total.disarm()
      outer.removeEventListener('abort', onOuterAbort)
      aborter.abort()
    },
  }
}
