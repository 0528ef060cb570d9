import type { Engine } from '../engine.ts'
import type { Proof } from './proof.ts'
import { proveSchedules } from './schedules.ts'

const both: readonly Engine[] = ['sqlite', 'postgres']

/** Every proof, in the order in which `npm run proof` runs them, and the engines that it is about. */
export const proofs: Readonly<
  Record<string, { readonly engines: readonly Engine[]; readonly prove: Proof }>
> = {
  schedules: { engines: both, prove: proveSchedules },
}
