import { z } from 'zod'
import { Cap } from './cap.ts'
import { Id, Label } from './ids.ts'
import { Usd } from './money.ts'
import { Problem } from './problems.ts'
import { FailureReason, ProviderName } from './providers.ts'
import { Receipt } from './receipts.ts'

/** Bounds of what one draft may carry, in characters. The whole body is bounded again in bytes by the vault. */
export const draftBounds = {
  turns: 200,
  turnText: 20_000,
  allText: 120_000,
  instruction: 2_000,
  draft: 20_000,
} as const

/** One message of the thread. `note` is an internal note; `unknown` is text whose author the page did not tell. */
export const Turn = z.strictObject({
  author: z.enum(['customer', 'us', 'note', 'unknown']),
  name: z.string().max(120).optional(),
  at: z.string().max(80).optional(),
  text: z.string().min(1).max(draftBounds.turnText),
})
export type Turn = z.infer<typeof Turn>

/** The conversation as turns, oldest first. */
const Thread = z.strictObject({
  subject: z.string().max(300).optional(),
  turns: z.array(Turn).min(1).max(draftBounds.turns),
})

/** A site's origin, never its path: `https://acme.example`. */
export const SiteOrigin = z
  .string()
  .max(260)
  .regex(/^https?:\/\/[^/?#@\s]+$/)

/** Body of `POST /v1/drafts`. */
export const DraftRequest = z.strictObject({
  idempotencyKey: z.uuid(),
  resolutionId: Id.optional(),
  site: SiteOrigin.optional(),
  thread: Thread,
  /** The beginning of the reply that already stands in the agent's box. */
  begun: z.string().max(draftBounds.draft).optional(),
  /** What the agent asks for in their own words. */
  instruction: z.string().max(draftBounds.instruction).optional(),
  /** The draft that the instruction is about; with it the purpose is `refine`. */
  previous: z.string().min(1).max(draftBounds.draft).optional(),
  /** Marked by whoever asks: it may use the reserve of the cap. */
  urgent: z.literal(true).optional(),
  /** Tried out in the playground: it counts under the playground's cap and no other. */
  playground: z.literal(true).optional(),
  /**
   * Asks again for a draft that was cut after visible text, on whoever else can answer: the number that the further call will have on the same
   * receipt. Everything else is as it was, the idempotency key too; told again it is the same request.
   */
  attempt: z.int().min(2).max(9).optional(),
})
export type DraftRequest = z.infer<typeof DraftRequest>

/**
 * Events of the draft stream; the event's name is `type`. A stream ends with `receipt` (the draft is whole, or as long as the output
 * limit allowed) or `problem`. A stream that ends with neither was cut on the way: ask again with the same idempotency key.
 */
export const DraftEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    receiptId: Id,
    resolutionId: Id,
    provider: ProviderName,
    model: z.string(),
    modelName: z.string(),
    held: Usd,
    /** Tokens that the model may write; told for a call that is made now. */
    outputLimit: z.int().optional(),
    /** Whether that is less than usual, because little is left of a cap. */
    lowered: z.boolean().default(false),
    /** The channel to which the site belongs. */
    channel: Label.nullable().default(null),
    /** Whether another one answers than the primary, since that one rests or its key was refused. */
    standsIn: z.boolean().default(false),
  }),
  /** The call before failed without visible text, so another one answers this reply. It comes only before the first `text-delta`. */
  z.object({
    type: z.literal('switched'),
    from: ProviderName,
    reason: FailureReason,
    provider: ProviderName,
    model: z.string(),
    modelName: z.string(),
    held: Usd,
    outputLimit: z.int(),
    lowered: z.boolean(),
  }),
  z.object({ type: z.literal('text-delta'), text: z.string() }),
  z.object({ type: z.literal('receipt'), receipt: Receipt, cap: Cap }),
  z.object({
    type: z.literal('problem'),
    problem: Problem,
    receipt: Receipt.nullable(),
    cap: Cap.nullable(),
  }),
])
export type DraftEvent = z.infer<typeof DraftEvent>
