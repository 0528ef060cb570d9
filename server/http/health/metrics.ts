import { type RequestHandler, Router } from 'express'
import type { Slug } from '../../../shared/problems.ts'
import { Refusal } from '../../domain/refusal.ts'
import { refusedAs } from '../problems.ts'

/** An answer that was written whole. `route` is the pattern, never the path that was asked for. */
type Answered = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly slug: Slug | undefined
  readonly ms: number
}
export type TellAnswer = (answered: Answered) => void

export type MetricsRoutes = {
  readonly metricsText: () => Promise<string>
  readonly tellAnswer: TellAnswer
  /** Whether a request with these headers may read the metrics. */
  readonly mayReadMetrics: (headers: {
    readonly authorization?: string | undefined
    readonly host?: string | undefined
  }) => boolean
  /** Milliseconds; only differences are used. */
  readonly elapsed: () => number
}

/** Measures every answer by the route that gave it. */
export const measured =
  ({ tellAnswer, elapsed }: MetricsRoutes): RequestHandler =>
  (request, response, next) => {
    const began = elapsed()
    response.on('finish', () => {
      const route: unknown = request.route?.path
      tellAnswer({
        method: request.method,
        route: typeof route === 'string' ? route : 'none',
        status: response.statusCode,
        slug: refusedAs(response),
        ms: elapsed() - began,
      })
    })
    next()
  }

/** `GET /metrics` in the text format of Prometheus. To whoever may not read them they do not exist. */
export const metrics = ({ metricsText, mayReadMetrics }: MetricsRoutes): Router => {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!mayReadMetrics(request.headers)) throw new Refusal('not-found', {})
    response.type('text/plain; version=0.0.4; charset=utf-8').send(await metricsText())
  })
  return router
}
