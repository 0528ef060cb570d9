import { z } from 'zod'
import { Cap } from './cap.ts'
import { Id, Label, Moment } from './ids.ts'
import { Usd, zero } from './money.ts'
import { ProviderName } from './providers.ts'

/** A calendar month of the workspace's time zone: `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

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

/** Replies of one calendar day that a provider was asked for, and those of them for which another one had to be asked. */
export const FallbackDay = z.object({ day: z.iso.date(), replies: z.int(), fellBack: z.int() })
export type FallbackDay = z.infer<typeof FallbackDay>

/** What one member cost in the month. */
export const SpendMember = z.object({ memberId: Id, memberName: Label, settled: Usd, receipts: z.int() })
export type SpendMember = z.infer<typeof SpendMember>

/** What one channel cost in the month; null for sites without one, and for calls that belong to no site. */
export const SpendChannel = z.object({
  channelId: Id.nullable(),
  channelName: Label.nullable(),
  settled: Usd,
  receipts: z.int(),
})
export type SpendChannel = z.infer<typeof SpendChannel>

/** The month before: of a month that still runs, only until the same moment of it (or its end, if it is shorter). */
export const SpendBefore = z.object({
  month: Month,
  until: Moment,
  settled: Usd,
  replies: z.int(),
  replyCost: Usd,
})
export type SpendBefore = z.infer<typeof SpendBefore>

/**
 * What drove the change against `before`, the largest first. `replies`: more or fewer of them, at the cost per reply of before; `reply-cost`:
 * dearer or cheaper ones; these two add up to the change of `replyCost`. A model, member or channel: the change of what it cost.
 */
export const SpendDriver = z.discriminatedUnion('by', [
  z.object({ by: z.literal('replies'), difference: Usd, before: z.int(), after: z.int() }),
  z.object({ by: z.literal('reply-cost'), difference: Usd, before: Usd, after: Usd }),
  z.object({
    by: z.enum(['model', 'member', 'channel']),
    difference: Usd,
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
])
export type SpendDriver = z.infer<typeof SpendDriver>

/**
 * Something that departs from its own history. `spike`: on `day`, `scope` cost `amount`, where `usual` is its median day and more than `limit`
 * is out of the ordinary (the statistic is in server/domain/books/spikes.ts). `stranger`: a model that this workspace never used before.
 */
export const SpendNotice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('spike'),
    scope: z.enum(['workspace', 'member', 'channel', 'model']),
    id: z.string().nullable(),
    name: z.string().nullable(),
    day: z.iso.date(),
    amount: Usd,
    usual: Usd,
    limit: Usd,
  }),
  z.object({
    kind: z.literal('stranger'),
    provider: ProviderName,
    model: z.string(),
    modelName: z.string(),
    firstAt: Moment,
    amount: Usd,
  }),
])
export type SpendNotice = z.infer<typeof SpendNotice>

/**
 * A use of one of our keys that Ownkey did not make, by the provider's own report of a day (UTC). `amount` is what it cost; `foundAt` when a
 * comparison first showed it.
 */
export const ForeignUse = z.object({
  provider: ProviderName,
  keyId: Id,
  keyLabel: Label,
  model: z.string(),
  modelName: z.string(),
  day: z.iso.date(),
  requests: z.int(),
  amount: Usd,
  foundAt: Moment,
})
export type ForeignUse = z.infer<typeof ForeignUse>

/** Query of `GET /v1/spend`: the present month without `month`. */
export const SpendQuery = z.strictObject({ month: Month.optional() })
export type SpendQuery = z.infer<typeof SpendQuery>

/**
 * Answer of `GET /v1/spend`. `cap` is always the present period's. `replies` counts receipts of purpose draft or refine that were answered;
 * `replyCost` is what all of that kind cost together. `inserted` counts the resolutions of which a reply was inserted, `untold` those that were
 * answered and of which nobody told what became of them. `overshoot` is the largest amount by which open holds could still pass the cap: zero
 * unless the limit was lowered below what is in flight, or a raise is over. Who sees only their own receipts gets their own figures, without members, channels
 * and notices. `foreignUse` is what a provider's report shows of the month's days beyond our receipts. `before` is null when the month before has nothing.
 * `playground` is what was tried out in the month: it counts in none of the other figures.
 */
export const Spend = z.object({
  cap: Cap,
  month: Month,
  whose: z.enum(['everybody', 'own']),
  settled: Usd,
  days: z.array(SpendDay),
  members: z.array(SpendMember),
  channels: z.array(SpendChannel),
  replies: z.int(),
  replyCost: Usd,
  inserted: z.int().default(0),
  untold: z.int().default(0),
  overshoot: Usd,
  playground: Usd.default(zero),
  estimated: z.int(),
  before: SpendBefore.nullable(),
  drivers: z.array(SpendDriver),
  notices: z.array(SpendNotice),
  foreignUse: z.array(ForeignUse).default([]),
  /** Days on which replies were asked for. */
  fallbacks: z.array(FallbackDay).default([]),
})
export type Spend = z.infer<typeof Spend>

/** Answer of `GET /v1/spend/notices`, for whoever may see everybody's receipts: today's and yesterday's, the newest first, and uses of our keys outside Ownkey that were found lately. */
export const SpendNotices = z.object({
  notices: z.array(SpendNotice),
  foreignUse: z.array(ForeignUse).default([]),
})
export type SpendNotices = z.infer<typeof SpendNotices>
