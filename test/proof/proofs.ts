import type { Engine } from '../engine.ts'
import { proveExport } from './export.ts'
import { proveLedger } from './ledger.ts'
import type { Proof } from './proof.ts'
import { proveRushes, proveSchedules } from './schedules.ts'
import { proveKills } from './wire/kills.ts'
import { proveLeaving } from './wire/leaving.ts'
import { proveRush } from './wire/rush.ts'
import { proveVaults } from './wire/vaults.ts'

const both: readonly Engine[] = ['sqlite', 'postgres']

/** Every proof, in the order in which `npm run proof` runs them, and the engines that it is about. */
export const proofs: Readonly<
  Record<string, { readonly engines: readonly Engine[]; readonly prove: Proof }>
> = {
  export: { engines: both, prove: proveExport },
  ledger: { engines: both, prove: proveLedger },
  schedules: { engines: both, prove: proveSchedules },
  rushes: { engines: both, prove: proveRushes },
  vaults: { engines: ['postgres'], prove: proveVaults },
  kills: { engines: both, prove: proveKills },
  rush: { engines: both, prove: proveRush },
  leaving: { engines: both, prove: proveLeaving },
}
