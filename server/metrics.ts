import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { TellDelivery } from './domain/alerts/outbox.ts'
import type { TellAlert } from './domain/alerts/watching.ts'
import type { TellAttempt } from './domain/drafts/attempts.ts'
import { addressesOf, isOnLoopback } from './domain/identity/vault-address.ts'
import type { MetricsRoutes, TellAnswer } from './http/health/metrics.ts'

/** Seconds; a draft takes as long as its provider writes, a book is read in milliseconds. */
const ANSWER_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180]
const MS = 1_000

/** What is measured of a vault. No label names a workspace, a member, a site or a key. */
export type VaultMetrics = {
  readonly tellAnswer: TellAnswer
  readonly tellAttempt: TellAttempt
  readonly tellAlert: TellAlert
  readonly tellDelivery: TellDelivery
  /** A regular job failed; `job` is its name in server/jobs.ts. */
  readonly tellJobFailed: (job: string) => void
  /** All of it in the text format of Prometheus. */
  readonly text: () => Promise<string>
}

/** Measures a vault: its answers, its provider calls, what is open now, and its process. `open` gives the number of works that run at this moment. */
export const vaultMetrics = (open: () => number): VaultMetrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const answers = new Histogram({
    name: 'ownkey_answer_seconds',
    help: 'Time until an answer was written whole, by route and status; slug names the problem, if it was one',
    labelNames: ['method', 'route', 'status', 'slug'],
    buckets: ANSWER_SECONDS,
    registers,
  })
  const attempts = new Histogram({
    name: 'ownkey_attempt_seconds',
    help: 'Time of provider calls from hold to settlement, by how they ended; failure names why',
    labelNames: ['provider', 'purpose', 'outcome', 'failure'],
    buckets: ANSWER_SECONDS,
    registers,
  })
  const jobs = new Counter({
    name: 'ownkey_failed_jobs_total',
    help: 'Regular jobs that failed; the next round comes all the same',
    labelNames: ['job'],
    registers,
  })
  const alerts = new Counter({
    name: 'ownkey_alerts_total',
    help: 'Alerts that this vault found to tell, by what they are about',
    labelNames: ['kind'],
    registers,
  })
  const deliveries = new Counter({
    name: 'ownkey_alert_deliveries_total',
    help: 'Tries to deliver an alert, by how they ended; failure names why. After `failed` another try comes',
    labelNames: ['via', 'outcome', 'failure'],
    registers,
  })
  new Gauge({
    name: 'ownkey_open_works',
    help: 'Drafts, verifications, comparisons and deliveries that run now, streams whose reader has left included',
    registers,
    collect() {
      this.set(open())
    },
  })
  return {
    tellAnswer: ({ method, route, status, slug, ms }) =>
      answers.observe({ method, route, status, slug: slug ?? '' }, ms / MS),
    tellAttempt: ({ provider, purpose, outcome, failure, ms }) =>
      attempts.observe({ provider, purpose, outcome, failure: failure ?? '' }, ms / MS),
    tellAlert: (kind) => alerts.inc({ kind }),
    tellDelivery: (via, outcome, failure) => deliveries.inc({ via, outcome, failure }),
    tellJobFailed: (job) => jobs.inc({ job }),
    text: () => registry.metrics(),
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Who may read the metrics: whoever sends the operator’s token as Bearer; without a token only whoever asks a vault on loopback by its own
 * name, because behind a proxy every request seems to come from this machine.
 */
export const metricsReader =
  (token: string | undefined, origin: () => string): MetricsRoutes['mayReadMetrics'] =>
  ({ authorization = '', host = '' }) => {
    if (token !== undefined) return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))
    return isOnLoopback(origin()) && addressesOf(origin()).some((address) => new URL(address).host === host)
  }
