import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'

/** Words of our routes, and the ids of things. Whatever else somebody puts into a path may be a code, a key or a customer's word. */
const nameablePart = /^(|v1|[a-z][a-z.-]{0,29}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/

/** The path of an address as the log may have it: without the query, and with a sign for each part that is neither. */
const nameable = (url: string): string => {
  const path = url.split('?')[0] ?? ''
  return path
    .slice(0, 200)
    .split('/')
    .map((part) => (nameablePart.test(part) ? part : '…'))
    .join('/')
}

/**
 * Gives each request an id, which the answer carries, and logs its method, path, status and time. Headers, queries and bodies are never
 * logged: they hold tokens, keys and customers' words.
 */
export const requestLog = (log: Logger, newId: () => string): RequestHandler =>
  pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      const id = newId()
      response.setHeader('x-request-id', id)
      return id
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: nameable(url),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      err: () => undefined,
    },
    customErrorMessage: () => 'request failed',
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
  })
