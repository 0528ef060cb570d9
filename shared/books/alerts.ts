import { z } from 'zod'
import { CapPlace } from '../cap.ts'
import { Cursor, Id, Label, Moment } from '../ids.ts'
import { Usd } from '../money.ts'
import { FailureReason, ProviderName } from '../providers.ts'

/** A share of a cap at which somebody is told, in whole percent. One that is off stays in the list. */
export const Threshold = z.strictObject({ percent: z.int().min(1).max(100), on: z.boolean() })
export type Threshold = z.infer<typeof Threshold>

/** What a new workspace has until an admin says otherwise. */
export const defaultThresholds: readonly Threshold[] = [50, 75, 100].map((percent) => ({ percent, on: true }))

const Thresholds = z
  .array(Threshold)
  .max(8)
  .refine((all) => new Set(all.map(({ percent }) => percent)).size === all.length, 'each percentage once')

const Emails = z.array(z.email().max(254)).max(20)

/**
 * Answer of `GET /v1/alerts/settings`: for which shares of every cap, and whom. `mail` says whether the operator has set up a mail server.
 * A webhook's address is a secret (Slack's holds one), so only its host is told.
 */
export const AlertSettings = z.object({
  thresholds: Thresholds,
  emails: Emails,
  mail: z.boolean(),
  webhook: z.object({ host: z.string(), connectedAt: Moment }).nullable(),
})
export type AlertSettings = z.infer<typeof AlertSettings>

/** Body of `PUT /v1/alerts/settings`. */
export const AlertSettingsChange = z.strictObject({ thresholds: Thresholds, emails: Emails })
export type AlertSettingsChange = z.infer<typeof AlertSettingsChange>

/** Body of `PUT /v1/alerts/webhook`: an https address, in the place of the one before. */
export const WebhookConnection = z.strictObject({ address: z.url({ protocol: /^https?$/ }).max(2_000) })
export type WebhookConnection = z.infer<typeof WebhookConnection>

/** Answer of `PUT /v1/alerts/webhook`. The secret that signs each message (Standard Webhooks, `whsec_…`) is told this once. */
export const WebhookConnected = z.object({ settings: AlertSettings, secret: z.string() })
export type WebhookConnected = z.infer<typeof WebhookConnected>

/** An alert on its way to one recipient. `failure` is a reason in a word, never an answer's text. */
export const Delivery = z.object({
  via: z.enum(['email', 'webhook']),
  to: z.string(),
  state: z.enum(['waiting', 'delivered', 'given-up']),
  tries: z.int(),
  nextAt: Moment.nullable(),
  failure: z.string().max(80).nullable(),
})
export type Delivery = z.infer<typeof Delivery>

/** What somebody is told of. `refused`: the cap was reached by a draft that was refused, not by what was settled. */
export const AlertSubject = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cap'),
    percent: z.int(),
    refused: z.boolean(),
    cap: CapPlace.extend({ name: Label.nullable() }),
    limit: Usd,
    settled: Usd,
    resetsAt: Moment,
  }),
  z.object({
    kind: z.literal('foreign-use'),
    provider: ProviderName,
    keyLabel: Label,
    model: z.string(),
    day: z.iso.date(),
    amount: Usd.nullable(),
  }),
  /** A provider refused a key. `out`: it answers no more until somebody sees to it. */
  z.object({
    kind: z.literal('key-refused'),
    keyId: Id,
    provider: ProviderName,
    label: Label,
    version: z.int(),
    model: z.string(),
    reason: FailureReason,
    out: z.boolean(),
  }),
  z.object({ kind: z.literal('over-hold'), receiptId: Id, held: Usd, settled: Usd }),
  z.object({ kind: z.literal('test'), by: Label }),
])
export type AlertSubject = z.infer<typeof AlertSubject>

/** Something that somebody was told of. */
export const Alert = z.object({ id: Id, at: Moment, subject: AlertSubject })
export type Alert = z.infer<typeof Alert>

/** An alert with where it went. */
export const SentAlert = Alert.extend({ deliveries: z.array(Delivery) })
export type SentAlert = z.infer<typeof SentAlert>

/** Query of `GET /v1/alerts`, newest first. */
export const AlertQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type AlertQuery = z.infer<typeof AlertQuery>

/** Answer of `GET /v1/alerts`. `next` is null on the last page. */
export const AlertPage = z.object({ alerts: z.array(SentAlert), next: Cursor.nullable() })
export type AlertPage = z.infer<typeof AlertPage>
