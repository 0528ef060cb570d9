import { z } from 'zod'
import { Cursor, Id, Label, Moment } from './ids.ts'
import { Usd } from './money.ts'
import { buckets, FailureReason, ProviderName, Usage } from './providers.ts'

/** What a provider call was for. */
export const Purpose = z.enum(['draft', 'refine', 'verify', 'playground'])
export type Purpose = z.infer<typeof Purpose>

/**
 * How sure the amount is. `exact`: computed from the provider's own final usage. `estimated`: the provider did not
 * say, so the cap was charged the upper bound and `likely` stands beside it. `pending`: still running.
 */
export const Certainty = z.enum(['pending', 'exact', 'estimated'])
export type Certainty = z.infer<typeof Certainty>

/** How a call ended. `cut`: it ended before the answer was whole. `limit`: whole as far as the output limit allowed. */
export const AttemptOutcome = z.enum(['running', 'answered', 'limit', 'cut', 'failed', 'lost'])
export type AttemptOutcome = z.infer<typeof AttemptOutcome>

/** One line of the formula: tokens × price per million = amount, exact. */
export const ReceiptLine = z.object({
  bucket: z.enum(buckets),
  tokens: z.int(),
  perMillion: Usd,
  amount: Usd,
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

/** That an admin's own price was in force, who set it and when. A `ceiling` prices a model of which no price is known. */
export const OwnMark = z.object({
  kind: z.enum(['price', 'discount', 'ceiling', 'free']),
  by: Label,
  at: Moment,
  percent: z.string().nullable(),
})
export type OwnMark = z.infer<typeof OwnMark>

/** The dated entry of the price table that priced an attempt, or an admin's own price. */
export const PriceEntry = z.object({
  id: z.string(),
  source: z.string(),
  validFrom: z.iso.date(),
  own: OwnMark.nullable().default(null),
})
export type PriceEntry = z.infer<typeof PriceEntry>

/**
 * Counts of a provider that contradict each other. `counted`: the sum of the tokens that it told by kind; `told`: its own total for the
 * input, the output, or both together.
 */
export const Flaw = z.object({ of: z.enum(['input', 'output', 'total']), counted: z.int(), told: z.int() })
export type Flaw = z.infer<typeof Flaw>

/** The counts of a call as its provider reported them, by its own names: numbers only, and only names that we know. */
export const RawUsage = z
  .record(z.string().max(80), z.int())
  .refine((counts) => Object.keys(counts).length <= 40, 'at most 40 counts')
export type RawUsage = z.infer<typeof RawUsage>

/** One provider call. `held` is the upper bound reserved before it; `settled` is what counts against the cap. */
export const Attempt = z.object({
  id: Id,
  number: z.int(),
  purpose: Purpose,
  provider: ProviderName,
  model: z.string(),
  modelName: z.string(),
  keyLabel: Label,
  keyVersion: z.int(),
  baseAddress: z.string(),
  outcome: AttemptOutcome,
  failure: FailureReason.nullable(),
  certainty: Certainty,
  held: Usd,
  settled: Usd,
  likely: Usd.nullable(),
  usage: Usage.nullable(),
  rawUsage: RawUsage.nullable().default(null),
  /** Then `settled` is the larger of the two readings, and `likely` the smaller. */
  flaw: Flaw.nullable().default(null),
  lines: z.array(ReceiptLine),
  /** Tokens of input above which the whole request has the dearer prices that it has; null: it has the plain ones. */
  longOver: z.int().nullable().default(null),
  price: PriceEntry,
  multiplier: z.string().nullable(),
  tier: z.string().nullable(),
  region: z.string().nullable(),
  providerRequestId: z.string().nullable(),
  startedAt: Moment,
  endedAt: Moment.nullable(),
})
export type Attempt = z.infer<typeof Attempt>

/** What became of a draft, the weakest first. `copied`: taken to the clipboard. `inserted`: it stands in the page's box. */
export const DraftOutcome = z.enum(['discarded', 'copied', 'inserted'])
export type DraftOutcome = z.infer<typeof DraftOutcome>

/**
 * What the panel told became of a draft. `editedPercent`: how much of it the person had changed by then, 0 for not at all and 100 for
 * everything; measured in the browser, so that no text is told.
 */
export const ToldOutcome = z.object({ outcome: DraftOutcome, editedPercent: z.int().min(0).max(100) })
export type ToldOutcome = z.infer<typeof ToldOutcome>

/** Body of `POST /v1/receipts/:id/outcome`. Told again it changes nothing; only a stronger outcome takes the place of a weaker one. */
export const OutcomeTelling = z.strictObject(ToldOutcome.shape)

/** One receipt per request that a person made. `settled` is the exact sum of its attempts. It holds no text. */
export const ReceiptSummary = z.object({
  id: Id,
  resolutionId: Id,
  purpose: Purpose,
  memberId: Id,
  memberName: Label,
  channelId: Id.nullable(),
  channelName: Label.nullable(),
  site: z.string().nullable(),
  provider: ProviderName,
  model: z.string(),
  modelName: z.string(),
  outcome: AttemptOutcome,
  certainty: Certainty,
  settled: Usd,
  likely: Usd.nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  /** Whether the counts of one of its calls contradict each other. */
  flawed: z.boolean().default(false),
  /** Whether more than one call was made for it, because one failed. */
  fellBack: z.boolean().default(false),
  /** Who marked it urgent, so that it could use the reserve of the cap; null: nobody. */
  urgentBy: z.object({ id: Id, name: Label }).nullable().default(null),
  /** Null until a panel told it, which some never do. */
  told: ToldOutcome.nullable().default(null),
  at: Moment,
})
export type ReceiptSummary = z.infer<typeof ReceiptSummary>

/** A receipt with its attempts, in the order in which they were made. */
export const Receipt = ReceiptSummary.extend({ attempts: z.array(Attempt) })
export type Receipt = z.infer<typeof Receipt>

/** Query of `GET /v1/receipts`, newest first. */
export const ReceiptQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  from: Moment.optional(),
  to: Moment.optional(),
  provider: ProviderName.optional(),
  model: z.string().max(120).optional(),
  memberId: Id.optional(),
  purpose: Purpose.optional(),
  outcome: AttemptOutcome.optional(),
  channelId: Id.optional(),
  /** Only receipts whose counts contradict each other. */
  flawed: z.literal('yes').optional(),
  /** Only receipts for which more than one call was made, because one failed. */
  fellBack: z.literal('yes').optional(),
  /** Only receipts that somebody marked urgent. */
  urgent: z.literal('yes').optional(),
  resolutionId: Id.optional(),
  /** What became of a draft; `nothing`: nobody has told. */
  told: z.enum([...DraftOutcome.options, 'nothing']).optional(),
  /** Words that a person typed: each must occur in the member's name, the model, the site, the channel's name or the id. */
  search: z.string().trim().max(80).optional(),
})
export type ReceiptQuery = z.infer<typeof ReceiptQuery>

/** How receipts are written in a file. */
export const ReceiptFormat = z.enum(['csv', 'jsonl'])
export type ReceiptFormat = z.infer<typeof ReceiptFormat>

/** Query of `GET /v1/receipts/export`: the filters of the list. JSON Lines are `ReceiptSummary`, one each; CSV cells cannot be formulas. */
export const ReceiptExportQuery = ReceiptQuery.omit({ cursor: true, limit: true }).extend({
  format: ReceiptFormat.default('jsonl'),
})
export type ReceiptExportQuery = z.infer<typeof ReceiptExportQuery>

/** Answer of `GET /v1/receipts`. `next` is null on the last page. */
export const ReceiptPage = z.object({ receipts: z.array(ReceiptSummary), next: Cursor.nullable() })
export type ReceiptPage = z.infer<typeof ReceiptPage>

/** Query of `GET /v1/receipts/changes`: what changed since the answer that gave `after`, oldest change first. */
export const ReceiptChangesQuery = z.strictObject({
  after: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
})
export type ReceiptChangesQuery = z.infer<typeof ReceiptChangesQuery>

/**
 * Answer of `GET /v1/receipts/changes`, for a copy of the receipts that is kept in step. `next` is handed back the next time, also when `more`
 * is false. When `whose` is another than before, the copy is of another set: it is thrown away and begun anew. Receipts that began before
 * `prunedBefore` are no longer kept by the vault.
 */
export const ReceiptChanges = z.object({
  receipts: z.array(ReceiptSummary),
  next: Cursor,
  more: z.boolean(),
  whose: z.enum(['everybody', 'own']),
  prunedBefore: Moment.nullable(),
})
export type ReceiptChanges = z.infer<typeof ReceiptChanges>
