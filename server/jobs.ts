import type { Logger } from 'pino'
import type { Alerting } from './alerting.ts'
import { forgetAlerts } from './domain/alerts/alerts.ts'
import { HEARTBEAT_MS } from './domain/books/vaults.ts'
import { destroyPastVersions } from './domain/keys/rotation.ts'
import { destroyEnded } from './domain/workspace/deletion.ts'
import { pruneReceipts } from './domain/workspace/retention.ts'
import type { OpenVault } from './open.ts'

const SWEEP_MS = 15_000
/** How often it is looked for comparisons with a provider's report that are due: each once a day. */
const COMPARE_MS = 5 * 60_000
/** How often it is looked for keys whose providers are to be asked about them: each once a day. */
const CHECK_MS = 60_000
/** How soon a workspace goes after its last moment. */
const DESTROY_MS = 60_000
/** How often it is looked for receipts past their time: a day's come at midnight (UTC). */
const PRUNE_MS = 15 * 60_000
/** How soon after something has happened in a workspace it is looked at for what is to be told. */
const WATCH_MS = 250
/** How often it is looked for workspaces that nobody has looked at: what happened on a vault that was killed, or by time alone. */
const UNWATCHED_MS = 15_000
const SEND_MS = 1_000
/** How long a vault that nobody asks may keep opened keys in memory after it was sealed. */
const SEAL_MS = 2_000

type JobVault = OpenVault &
  Pick<Alerting, 'watch' | 'watchMarked' | 'sendAlerts'> & {
    /** Forgets every opened key while the vault is sealed. */
    readonly lookAtSeal: () => Promise<unknown>
    /** Compares the reports that are due. */
    readonly compareDue: () => Promise<unknown>
    /** Asks about the keys whose turn it is. */
    readonly checkDueKeys: () => Promise<unknown>
    readonly tellJobFailed: (job: string) => void
    readonly vaultId: string
    readonly log: Logger
  }

type Job = { readonly everyMs: number; readonly work: () => Promise<unknown> }

/** The jobs beside requests, by name. */
const jobsOf = (vault: JobVault): Readonly<Record<string, Job>> => ({
  heartbeat: { everyMs: HEARTBEAT_MS, work: () => vault.vaults.heartbeat(vault.vaultId) },
  sweep: { everyMs: SWEEP_MS, work: () => vault.ledger.sweep() },
  'destroy-workspaces': { everyMs: DESTROY_MS, work: destroyEnded(vault) },
  'prune-receipts': { everyMs: PRUNE_MS, work: pruneReceipts(vault) },
  'compare-reports': { everyMs: COMPARE_MS, work: vault.compareDue },
  'check-keys': { everyMs: CHECK_MS, work: vault.checkDueKeys },
  'destroy-versions': { everyMs: SWEEP_MS, work: destroyPastVersions(vault) },
  'watch-caps': { everyMs: WATCH_MS, work: vault.watchMarked },
  'mark-unwatched': { everyMs: UNWATCHED_MS, work: vault.watch.markUnwatched },
  'send-alerts': { everyMs: SEND_MS, work: vault.sendAlerts },
  'forget-alerts': { everyMs: PRUNE_MS, work: forgetAlerts(vault) },
  seal: { everyMs: SEAL_MS, work: vault.lookAtSeal },
  'forget-proofs': { everyMs: SWEEP_MS, work: () => vault.proofs.prune(vault.now()) },
  'forget-drafts': { everyMs: SWEEP_MS, work: () => vault.sealedDrafts.prune(vault.now()) },
})

/** Does every job again and again until the signal aborts. An error is logged by its class and counted; the next round comes all the same. */
export const startJobs = (vault: JobVault, signal: AbortSignal): void => {
  for (const [job, { everyMs, work }] of Object.entries(jobsOf(vault))) {
    const timer = setInterval(() => {
      work().catch((error: unknown) => {
        vault.tellJobFailed(job)
        vault.log.error({ job, error: error instanceof Error ? error.name : 'unknown' }, 'a job failed')
      })
    }, everyMs)
    signal.addEventListener('abort', () => clearInterval(timer))
  }
}
