import { z } from 'zod'
import { type Picodollars, pico, Usd, zero } from '../../../shared/money.ts'

const Settled = z.object({ kind: z.literal('settled'), facts: z.object({ settled: Usd }) })
const Corrected = z.object({ kind: z.literal('corrected'), facts: z.object({ settled: Usd, before: Usd }) })

/** What an event of the ledger adds to the amount that is settled; a correction may take away. All events together add up to the counters. */
export const settledBy = (event: unknown): Picodollars => {
  const settled = Settled.safeParse(event)
  if (settled.success) return settled.data.facts.settled
  const corrected = Corrected.safeParse(event)
  if (!corrected.success) return zero
  return pico(corrected.data.facts.settled - corrected.data.facts.before)
}
