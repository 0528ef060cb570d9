import { Router } from 'express'

export type HealthRoutes = {
  /** Whether the vault takes work: its database answers and it is not stopping. */
  readonly ready: () => Promise<boolean>
}

/** `GET /healthz`: the process runs. `GET /readyz`: it takes work. Neither tells anything else. */
export const health = ({ ready }: HealthRoutes): Router => {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true })
  })
  router.get('/readyz', async (_request, response) => {
    const ok = await ready()
    response.status(ok ? 200 : 503).json({ ok })
  })
  return router
}
