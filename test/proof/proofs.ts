import type { Engine } from '../engine.ts'
import { proveChaos } from './chaos.ts'
import { proveExport } from './export.ts'
import { proveLedger } from './ledger.ts'
import type { Proof } from './proof.ts'
import { proveSchedules, proveSchedulesAtOnce } from './schedules.ts'
import { proveKills } from './wire/kills.ts'
import { proveLeaving } from './wire/leaving.ts'
import { proveRush } from './wire/rush.ts'
import { proveVaults } from './wire/vaults.ts'

const both: readonly Engine[] = ['sqlite', 'postgres']

/** Every proof, in the order in which `npm run proof` runs them, and the engines that it is about. */
export const proofs: Readonly<
  Record<string, { readonly engines: readonly Engine[]; readonly prove: Proof }>
> = {
  schedules: { engines: both, prove: proveSchedules },
  'schedules-at-once': { engines: both, prove: proveSchedulesAtOnce },
  vaults: { engines: ['postgres'], prove: proveVaults },
  kills: { engines: both, prove: proveKills },
  rush: { engines: both, prove: proveRush },
  leaving: { engines: both, prove: proveLeaving },
  chaos: { engines: both, prove: proveChaos },
  ledger: { engines: both, prove: proveLedger },
  export: { engines: both, prove: proveExport },
}
