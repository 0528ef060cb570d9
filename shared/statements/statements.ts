import { z } from 'zod'
import { Id, Label, Moment } from '../ids.ts'
import { Usd } from '../money.ts'
import { FailureReason, ReportingProvider } from '../providers.ts'
import { OwnMark } from '../receipts.ts'
import { Month } from '../spend.ts'

/**
 * Why a report and the receipts differ. `estimate-corrected`: a receipt that was an estimate was set to what the report shows. `estimate-open`:
 * there is an estimate, and the report does not say which call it was. `late-arrival`: the report lacks calls, and may still get them.
 * `missing`: it lacks them for good. `price`: the same tokens for another amount. `own-price`: our receipts
 * count by an own price, and the report by the provider's list. `tokens`: one call with other tokens. `foreign-use`: the report
 * has calls that Ownkey never made. `lost-receipt`: the chain says that Ownkey made the call, and its receipt is gone.
 */
export const DifferenceReason = z.enum([
  'estimate-corrected',
  'estimate-open',
  'late-arrival',
  'missing',
  'price',
  'own-price',
  'tokens',
  'foreign-use',
  'lost-receipt',
])
export type DifferenceReason = z.infer<typeof DifferenceReason>

/** A difference: how many requests it is about, and by how much the report is above (or, negative, below) the receipts. */
export const Difference = z.object({
  reason: DifferenceReason,
  requests: z.int(),
  tokens: z.int(),
  amount: Usd,
  /** For `own-price`: which own prices were in force. */
  own: z.array(OwnMark).optional(),
})
export type Difference = z.infer<typeof Difference>

/** Requests, tokens and dollars of one side. `output` is visible and hidden together: reports do not tell them apart. */
export const Counted = z.object({
  requests: z.int(),
  freshInput: z.int(),
  cacheRead: z.int(),
  cacheWrite5m: z.int(),
  cacheWrite30m: z.int(),
  cacheWrite1h: z.int(),
  output: z.int(),
  amount: Usd,
})
export type Counted = z.infer<typeof Counted>

/** One key, model and day (UTC), compared. `ours` is after corrections. Without differences, or with corrections alone, both sides agree. */
export const StatementRow = z.object({
  provider: ReportingProvider,
  day: z.iso.date(),
  keyId: Id,
  keyLabel: Label,
  keyVersion: z.int(),
  model: z.string(),
  modelName: z.string(),
  ours: Counted,
  reported: Counted,
  differences: z.array(Difference),
})
export type StatementRow = z.infer<typeof StatementRow>

/** How far a provider's report was compared. `keysUnknown`: versions of our keys that nobody has found among the provider's. */
export const Comparison = z.object({
  provider: ReportingProvider,
  comparedAt: Moment.nullable(),
  failure: FailureReason.nullable(),
  /** Days (UTC) of this month that were compared. */
  days: z.array(z.iso.date()),
  keysUnknown: z.int(),
})
export type Comparison = z.infer<typeof Comparison>

/** Query of `GET /v1/statements`: the present month (UTC) without `month`. */
export const StatementQuery = z.strictObject({ month: Month.optional() })

/** Answer of `GET /v1/statements`, for owners and admins: a month of UTC days, with a row for each key, model and day. */
export const Statement = z.object({
  month: Month,
  comparisons: z.array(Comparison),
  ours: Usd,
  reported: Usd,
  rows: z.array(StatementRow),
})
export type Statement = z.infer<typeof Statement>

/** What comparing came to, by provider. `running`: another vault, or another person, is at it. */
export const ComparisonOutcome = z.object({
  provider: ReportingProvider,
  outcome: z.enum(['compared', 'running', 'failed']),
  failure: FailureReason.nullable(),
})
export type ComparisonOutcome = z.infer<typeof ComparisonOutcome>

/** Answer of `POST /v1/statements`: compares now. */
export const Compared = z.object({ outcomes: z.array(ComparisonOutcome) })
