import { z } from 'zod'
import { Moment } from './ids.ts'
import { Usd } from './money.ts'

/** A calendar period in a workspace's time zone. `endsAt` is the first moment after it. */
export const Period = z.object({
  kind: z.enum(['month']),
  timeZone: z.string(),
  startsAt: Moment,
  endsAt: Moment,
})
export type Period = z.infer<typeof Period>

/** The workspace's cap and how it is used now. Always: settled + held + left = limit, unless the limit was lowered below what was used; then `left` is 0. */
export const Cap = z.object({
  limit: Usd,
  settled: Usd,
  held: Usd,
  left: Usd,
  period: Period,
})
export type Cap = z.infer<typeof Cap>

/** Body of `PUT /v1/cap`. */
export const CapChange = z.strictObject({
  limit: Usd.refine(
    (limit) => limit >= 0n && limit <= 1_000_000_000_000_000_000n,
    'from 0 to 1,000,000 dollars',
  ),
})
export type CapChange = z.infer<typeof CapChange>
