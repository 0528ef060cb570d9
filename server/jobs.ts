import type { Logger } from 'pino'
import { HEARTBEAT_MS } from './domain/books/vaults.ts'
import { destroyEnded } from './domain/workspace/deletion.ts'
import type { OpenVault } from './open.ts'

const SWEEP_MS = 15_000
/** How soon a workspace goes after its last moment. */
const DESTROY_MS = 60_000
/** How long a vault that nobody asks may keep opened keys in memory after it was sealed. */
const SEAL_MS = 2_000

/** Does `work` again and again until the signal aborts; an error is logged and the next round comes all the same. */
const every = (ms: number, work: () => Promise<unknown>, log: Logger, signal: AbortSignal): void => {
  const timer = setInterval(() => {
    work().catch((error: unknown) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a regular job failed'),
    )
  }, ms)
  signal.addEventListener('abort', () => clearInterval(timer))
}

type JobVault = OpenVault & {
  /** Forgets every opened key while the vault is sealed. */
  readonly lookAtSeal: () => Promise<unknown>
}

/** The jobs beside requests: the sign of life, the sweep of abandoned holds, and forgetting what has expired. */
export const startJobs = (vault: JobVault, vaultId: string, log: Logger, signal: AbortSignal): void => {
  every(HEARTBEAT_MS, () => vault.vaults.heartbeat(vaultId), log, signal)
  every(SWEEP_MS, () => vault.ledger.sweep(), log, signal)
  every(DESTROY_MS, destroyEnded(vault), log, signal)
  every(SEAL_MS, vault.lookAtSeal, log, signal)
  every(
    SWEEP_MS,
    () => Promise.all([vault.proofs.prune(vault.now()), vault.sealedDrafts.prune(vault.now())]),
    log,
    signal,
  )
}
