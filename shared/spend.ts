import { z } from 'zod'
import { Cap } from './cap.ts'
import { Usd } from './money.ts'
import { ProviderName } from './providers.ts'

/** What one model cost on one calendar day of the workspace's time zone. */
export const SpendDay = z.object({
  day: z.iso.date(),
  provider: ProviderName,
  model: z.string(),
  modelName: z.string(),
  settled: Usd,
  receipts: z.int(),
})
export type SpendDay = z.infer<typeof SpendDay>

/**
 * Answer of `GET /v1/spend`: this period. `replies` counts receipts of purpose draft or refine that were answered;
 * `replyCost` is what all of that kind cost together. `overshoot` is the largest amount by which open holds could
 * still pass the cap: zero unless the limit was lowered below what is in flight.
 */
export const Spend = z.object({
  cap: Cap,
  days: z.array(SpendDay),
  replies: z.int(),
  replyCost: Usd,
  overshoot: Usd,
  estimated: z.int(),
})
export type Spend = z.infer<typeof Spend>
