import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'

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
        path: url.split('?')[0]?.slice(0, 200),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      err: () => undefined,
    },
    customErrorMessage: () => 'request failed',
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
  })
