import type { Engine } from '../engine.ts'
import type { Sizes } from './sizes.ts'

/**
 * What one proof found on one engine. `overshoot` and `difference` are picodollars: by how much a grant passed a cap, and by how much the books
 * differ from the bill or from themselves. Null where a proof is not about it; everything else must be zero.
 */
export type Row = {
  readonly proof: string
  readonly engine: Engine
  readonly processes: number
  readonly schedules: number
  readonly overshoot: bigint | null
  readonly leakedHolds: number | null
  readonly difference: bigint | null
  /** What was measured besides, in words; it decides nothing. */
  readonly measured?: string
}

/** Tells whoever waits how far a proof is. */
export type Report = (progress: string) => void

/**
 * Proves something about the books on one engine. It makes everything that it needs and leaves nothing behind. What it finds is in its rows; it
 * throws when something is wrong that no row can say.
 */
export type Proof = (engine: Engine, sizes: Sizes, report: Report) => Promise<readonly Row[]>

/** Whether a row shows what it was to show. */
export const holds = ({ overshoot, leakedHolds, difference }: Row): boolean =>
  [overshoot ?? 0n, BigInt(leakedHolds ?? 0), difference ?? 0n].every((amount) => amount === 0n)
