import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { Problem, problemOf, problems, type Slug } from '../../shared/problems.ts'
import { Refusal } from '../domain/refusal.ts'

/** The id under which this request is logged; the answer carries it. */
export const requestIdOf = (response: Response): string | undefined => {
  const id = response.getHeader('x-request-id')
  return typeof id === 'string' ? id : undefined
}

/** What an error of the body reader means; `limit` in bytes. */
const bodyErrors: Record<string, (limit: number) => Refusal> = {
  'entity.too.large': (limitBytes) => new Refusal('too-large', { limitBytes }),
  'entity.parse.failed': () => new Refusal('malformed-request', { issues: [{ path: '', rule: 'not JSON' }] }),
  'encoding.unsupported': () => new Refusal('unsupported-media-type', {}),
  'charset.unsupported': () => new Refusal('unsupported-media-type', {}),
  'request.aborted': () => new Refusal('malformed-request', { issues: [{ path: '', rule: 'cut off' }] }),
  'request.size.invalid': () =>
    new Refusal('malformed-request', { issues: [{ path: '', rule: 'wrong length' }] }),
}

/** The refusal that an error means, or undefined when it is our own fault. */
const refusalOf = (error: unknown): Refusal | undefined => {
  if (error instanceof Refusal) return error
  if (error instanceof URIError) return new Refusal('not-found', {})
  if (typeof error !== 'object' || error === null || !('type' in error) || typeof error.type !== 'string')
    return undefined
  return bodyErrors[error.type]?.('limit' in error && typeof error.limit === 'number' ? error.limit : 0)
}

/**
 * The only place where an error becomes a response. What is not a refusal is our fault: logged by its class and stack with the request
 * id, answered with a bare 500, so that no word of it travels.
 */
export const answerProblems =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const refusal = refusalOf(error)
    if (refusal === undefined)
      log.error({ requestId: requestIdOf(response), stack: stackOf(error) }, 'unexpected error')
    if (response.headersSent) cutOff(response)
    else sendProblem(response, refusal ?? new Refusal('internal-error', {}))
  }

/**
 * An answer that broke in the middle must not look whole; one that was ended, like a draft's stream with its last event, is left to arrive.
 * Express itself is never asked: it would write the error and its message to the console.
 */
const cutOff = (response: Response): void => {
  if (!response.writableEnded) response.destroy()
}

const frame = /^ {4}at (?:.+ \()?(?:async )?(?:node:|file:|\/|[A-Z]:\\|native|<anonymous>)/

/** Where an error came from, without its message: messages can quote what a customer wrote, in lines that look like a place. */
const stackOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  const { name, message, stack = '' } = error
  const start = stack.indexOf(message)
  const places = start < 0 ? '' : stack.slice(start + message.length)
  return [name, ...places.split('\n').filter((line) => frame.test(line))].join('\n')
}

const refused = new WeakMap<Response, Slug>()

/** The problem that this response is, if it is one. */
export const refusedAs = (response: Response): Slug | undefined => refused.get(response)

const sendProblem = (response: Response, refusal: Refusal): void => {
  const { slug, facts } = refusal
  refused.set(response, slug)
  const body = z.encode(Problem, problemOf(slug, facts, requestIdOf(response)))
  const { status } = problems[slug]
  if (status === 401) response.setHeader('www-authenticate', 'DPoP algs="ES256"')
  if ('retryAfterSeconds' in facts && typeof facts.retryAfterSeconds === 'number')
    response.setHeader('retry-after', String(facts.retryAfterSeconds))
  response.status(status).type('application/problem+json').send(JSON.stringify(body))
}

/** The last route: whatever is not served. */
export const notFound: RequestHandler = () => {
  throw new Refusal('not-found', {})
}
