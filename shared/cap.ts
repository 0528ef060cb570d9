import { z } from 'zod'
import { Label, Moment } from './ids.ts'
import { Usd } from './money.ts'

/** How long a cap counts before it starts anew. */
export const PeriodKind = z.enum(['month', 'day'])
export type PeriodKind = z.infer<typeof PeriodKind>

/** A calendar period in a workspace's time zone. `endsAt` is the first moment after it. */
export const Period = z.object({
  kind: PeriodKind,
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

const Limit = Usd.refine(
  (limit) => limit >= 0n && limit <= 1_000_000_000_000_000_000n,
  'from 0 to 1,000,000 dollars',
)

/** Body of `PUT /v1/cap`. */
export const CapChange = z.strictObject({ limit: Limit })
export type CapChange = z.infer<typeof CapChange>

/** What a cap counts: the whole workspace, or what one member, one channel or one model costs. */
export const CapScope = z.enum(['workspace', 'member', 'channel', 'model'])
export type CapScope = z.infer<typeof CapScope>

/** Which cap: of what, and how long it counts. `id` is empty for the workspace, and `provider/model` for a model. */
export const CapPlace = z.strictObject({
  scope: CapScope,
  id: z.string().max(200),
  kind: PeriodKind,
})
export type CapPlace = z.infer<typeof CapPlace>

/** A cap with what it counts. `name` is that of the member, channel or model; null for the workspace. */
export const ScopedCap = Cap.extend({ ...CapPlace.shape, name: Label.nullable() })
export type ScopedCap = z.infer<typeof ScopedCap>

/** Answer of `GET /v1/caps`: every cap that is set, the workspace's first. */
export const CapList = z.object({ caps: z.array(ScopedCap) })
export type CapList = z.infer<typeof CapList>

/** Body of `PUT /v1/caps`: sets a cap, which counts what was spent in its period before it was set. */
export const ScopedCapChange = CapPlace.extend({ limit: Limit })
export type ScopedCapChange = z.infer<typeof ScopedCapChange>
