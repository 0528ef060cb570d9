import { z } from 'zod'
import { Label, Moment } from './ids.ts'
import { Usd, zero } from './money.ts'

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

/** That a cap stands higher for a while: the limit that it has again by itself at `until`. */
export const Raised = z.object({ base: Usd, until: Moment })
export type Raised = z.infer<typeof Raised>

/**
 * A cap and how it is used now; `limit` is what holds at this moment, a temporary raise included. Always: settled + held + left = limit, unless
 * the limit was lowered below what was used; then `left` is 0. `reserve` is the end of the limit that only drafts marked urgent may use; only
 * the workspace's month has one.
 */
export const Cap = z.object({
  limit: Usd,
  settled: Usd,
  held: Usd,
  left: Usd,
  reserve: Usd.default(zero),
  raised: Raised.nullable().default(null),
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

/**
 * What a cap counts: the whole workspace, or what one member, one channel or one model costs. What is tried out in the playground counts under
 * `playground` and nowhere else.
 */
export const CapScope = z.enum(['workspace', 'member', 'channel', 'model', 'playground'])
export type CapScope = z.infer<typeof CapScope>

/** Which cap: of what, and how long it counts. `id` is empty for the workspace and the playground, and `provider/model` for a model. */
export const CapPlace = z.strictObject({
  scope: CapScope,
  id: z.string().max(200),
  kind: PeriodKind,
})
export type CapPlace = z.infer<typeof CapPlace>

/** A cap with what it counts. `name` is that of the member, channel or model; null for the workspace and the playground. */
export const ScopedCap = Cap.extend({ ...CapPlace.shape, name: Label.nullable() })
export type ScopedCap = z.infer<typeof ScopedCap>

/** Answer of `GET /v1/caps`: every cap that is set, the workspace's first. */
export const CapList = z.object({ caps: z.array(ScopedCap) })
export type CapList = z.infer<typeof CapList>

/** Body of `PUT /v1/caps`: sets a cap, which counts what was spent in its period before it was set. */
export const ScopedCapChange = CapPlace.extend({ limit: Limit })
export type ScopedCapChange = z.infer<typeof ScopedCapChange>

/** Body of `PUT /v1/caps/raise`: the limit of a cap until a moment, after which it has its own again. Setting a limit ends a raise. */
export const CapRaise = CapPlace.extend({ limit: Limit, until: Moment })
export type CapRaise = z.infer<typeof CapRaise>

/** Body of `PUT /v1/cap/reserve`: how much of the end of the workspace's month only urgent drafts may use. More than the limit is all of it. */
export const ReserveChange = z.strictObject({ reserve: Limit })
export type ReserveChange = z.infer<typeof ReserveChange>
