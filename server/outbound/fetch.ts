import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'

/** An idle connection is let go before common servers close it, so that a request is not sent into a closing one. */
const IDLE_CONNECTION_MS = 4_000

/** Far more than any draft or model list; a body that goes on for ever ends here. */
const MAX_BODY_BYTES = 16 * 1_024 * 1_024

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

/** A failure of ours to ask or to listen, told apart by its code. */
export const connectionError = (
  code: 'ERR_REDIRECTED' | 'ERR_TOO_LARGE' | 'ERR_REFUSED_ADDRESS',
  message: string,
): Error => Object.assign(new TypeError(message), { code })

/** The answer's body, read only as fast as somebody reads it here. */
const bodyOf = (answer: IncomingMessage): ReadableStream<Uint8Array> => {
  const pieces: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]()
  let bytes = 0
  return new ReadableStream(
    {
      pull: async (controller) => {
        const piece = await pieces.next()
        if (piece.done) return controller.close()
        bytes += piece.value.length
        if (bytes > MAX_BODY_BYTES) throw connectionError('ERR_TOO_LARGE', 'the answer is too large')
        controller.enqueue(piece.value)
      },
      cancel: () => {
        answer.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

const headersOf = (answer: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return headers
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304

const responseOf = (answer: IncomingMessage): Response => {
  const status = answer.statusCode ?? 0
  if (isRedirect(status)) throw connectionError('ERR_REDIRECTED', 'redirects are not followed')
  const headers = headersOf(answer)
  if (!withoutBody.has(status)) return new Response(bodyOf(answer), { status, headers })
  answer.resume()
  return new Response(null, { status, headers })
}

/** Ends the exchange when the signal says so, also in the middle of the body. */
const obey = (signal: AbortSignal, sent: ClientRequest, answer: Promise<IncomingMessage>): void => {
  const stop = () => {
    sent.destroy(signal.reason)
    answer.then((message) => message.destroy(signal.reason)).catch(() => undefined)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  const forget = () => signal.removeEventListener('abort', stop)
  answer.then((message) => message.once('close', forget)).catch(forget)
}

const textOf = (body: unknown): string => {
  if (body === undefined || body === null) return ''
  if (typeof body !== 'string') throw new TypeError('only text can be sent')
  return body
}

/**
 * A `fetch` over node:http and node:https, which costs a third of the global one. It sends text bodies, follows no redirect, asks for no
 * compression, bounds the answer's size, and keeps connections for reuse. It does not judge the address: the caller has. `lookup` resolves
 * names for it in the place of the system.
 */
export const outboundFetch = (resolving: { readonly lookup?: LookupFunction } = {}): typeof fetch => {
  const plain = new HttpAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS, ...resolving })
  const secure = new HttpsAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS, ...resolving })
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const body = textOf(init.body)
    const headers = new Headers(init.headers)
    if (body !== '') headers.set('content-length', String(Buffer.byteLength(body)))
    headers.set('accept-encoding', 'identity')
    const options = { method: init.method ?? 'GET', headers: Object.fromEntries(headers) }
    const sent =
      url.protocol === 'https:'
        ? overHttps(url, { ...options, agent: secure })
        : overHttp(url, { ...options, agent: plain })
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve)
      sent.on('error', reject)
    })
    if (init.signal) obey(init.signal, sent, answer)
    sent.end(body)
    const message = await answer
    try {
      return responseOf(message)
    } catch (error) {
      message.destroy()
      throw error
    }
  }
}
