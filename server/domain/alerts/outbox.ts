import type { Alert, Delivery } from '../../../shared/books/alerts.ts'
import type { Envelope } from '../envelope.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import { Refusal } from '../refusal.ts'
import { type AlertSettingsStore, Webhook, webhookContext } from './settings.ts'
import { type MessageOf, mailText, messageOf, slackBody } from './words.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** How long it is waited after each try that failed; after the last one no other try comes. */
const WAITS_MS = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS]

/** How long a vault may be at one delivery before another one takes it over: longer than any delivery lasts. */
const CLAIM_MS = 3 * MINUTE_MS

/** Deliveries that a vault is at in the same moment, so that a slow recipient does not hold up the others. */
const AT_ONCE = 8

/** A delivery whose time has come, with what is told. */
export type Outgoing = Pick<Delivery, 'via' | 'to' | 'tries'> & {
  readonly workspaceId: string
  readonly id: string
  readonly alert: Alert
  readonly workspace: Parameters<MessageOf>[1]
  /** Until when it is this vault's. */
  readonly claimedUntil: number
}

/** What a try came to. `lasting`: another try would come to the same. `failure` is a reason in a word. */
export type Tried =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly failure: string; readonly lasting: boolean }

/** Where deliveries wait. What ends a claim does nothing when the claim has passed to another vault, or the recipient was taken off the list. */
export type OutboxStore = {
  /** Takes the next delivery that is due until a moment (ms): of several vaults one gets it. Undefined: none is due. */
  claim(now: number, until: number): Promise<Outgoing | undefined>
  delivered(outgoing: Outgoing, at: number): Promise<void>
  /** `nextAt` (ms): when it is tried again; null: it is given up. */
  failed(outgoing: Outgoing, failure: string, nextAt: number | null): Promise<void>
  /** Lets go of a delivery that was not tried. */
  release(outgoing: Outgoing): Promise<void>
}

/** One message to one recipient. `id` is the same at each try. */
export type Mail = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What is posted to a webhook. */
export type Post = {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Signs what is posted; `seconds` since the epoch. */
export type SignMessage = (
  secret: string,
  message: { readonly id: string; readonly seconds: number; readonly body: string },
) => string

/** Tells whoever measures the vault what a delivery came to. Must not throw. */
export type TellDelivery = (
  via: Delivery['via'],
  outcome: 'delivered' | 'failed' | 'given-up',
  failure: string,
) => void

export type OutboxParts = {
  readonly outbox: OutboxStore
  readonly alertSettings: Pick<AlertSettingsStore, 'webhook'>
  readonly envelope: Pick<Envelope, 'open'>
  readonly workspaceKey: WorkspaceKey
  readonly signMessage: SignMessage
  readonly post: (post: Post, signal: AbortSignal) => Promise<Tried>
  /** Undefined where the operator has set up no mail server. */
  readonly sendMail: ((mail: Mail, signal: AbortSignal) => Promise<Tried>) | undefined
  readonly tellDelivery: TellDelivery
  readonly now: () => number
}

const mailIt = async ({ sendMail }: OutboxParts, outgoing: Outgoing, signal: AbortSignal): Promise<Tried> => {
  if (sendMail === undefined) return { delivered: false, failure: 'no-mail-server', lasting: false }
  const message = messageOf(outgoing.alert, outgoing.workspace)
  const mail = { id: outgoing.id, to: outgoing.to, subject: message.title, text: mailText(message) }
  return sendMail(mail, signal)
}

const openWebhook = async (parts: OutboxParts, workspaceId: string): Promise<Webhook | undefined> => {
  const stored = await parts.alertSettings.webhook(workspaceId)
  if (stored === undefined) return undefined
  const key = await parts.workspaceKey(workspaceId)
  const text = await parts.envelope.open(key, webhookContext(workspaceId, stored.id), stored.sealed)
  return Webhook.parse(JSON.parse(text))
}

const postIt = async (parts: OutboxParts, outgoing: Outgoing, signal: AbortSignal): Promise<Tried> => {
  const webhook = await openWebhook(parts, outgoing.workspaceId)
  if (webhook === undefined) return { delivered: false, failure: 'removed', lasting: true }
  const { address, secret } = webhook
  const body = slackBody(messageOf(outgoing.alert, outgoing.workspace))
  const { id } = outgoing
  const seconds = Math.floor(parts.now() / SECOND_MS)
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': parts.signMessage(secret, { id, seconds, body }),
  }
  return parts.post({ address, headers, body }, signal)
}

/** Writes down what a try came to. */
const end = async (parts: OutboxParts, outgoing: Outgoing, tried: Tried): Promise<void> => {
  const { outbox, tellDelivery, now } = parts
  if (tried.delivered) {
    await outbox.delivered(outgoing, now())
    tellDelivery(outgoing.via, 'delivered', '')
    return
  }
  const waitMs = tried.lasting ? undefined : WAITS_MS[outgoing.tries]
  await outbox.failed(outgoing, tried.failure, waitMs === undefined ? null : now() + waitMs)
  tellDelivery(outgoing.via, waitMs === undefined ? 'given-up' : 'failed', tried.failure)
}

/** A bug of ours, or a webhook that does not open: no better the next second, so it waits as after any try. */
const OUR_FAILURE: Tried = { delivered: false, failure: 'vault-error', lasting: false }

const deliver = async (parts: OutboxParts, outgoing: Outgoing, signal: AbortSignal): Promise<void> => {
  try {
    const tried = await (outgoing.via === 'email' ? mailIt : postIt)(parts, outgoing, signal)
    if (signal.aborted && !tried.delivered) await parts.outbox.release(outgoing)
    else await end(parts, outgoing, tried)
  } catch (error) {
    if (error instanceof Refusal) await parts.outbox.release(outgoing)
    else await end(parts, outgoing, OUR_FAILURE)
    throw error
  }
}

/** Delivers one after another, and beside it as many more as there are `further` places: each begins only once the one before found something. */
const deliverAll = async (parts: OutboxParts, signal: AbortSignal, further: number): Promise<void> => {
  if (signal.aborted) return
  const { outbox, now } = parts
  const outgoing = await outbox.claim(now(), now() + CLAIM_MS)
  if (outgoing === undefined) return
  const works = [deliver(parts, outgoing, signal).then(() => deliverAll(parts, signal, 0))]
  if (further > 0) works.push(deliverAll(parts, signal, further - 1))
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/**
 * Sends what is due, each delivery by one vault and at least once: a vault that dies between sending and writing that down is followed by another
 * one that sends it again, under the same id. One call at a time does the work; others meanwhile do nothing.
 */
export const sendDue = (parts: OutboxParts): ((signal: AbortSignal) => Promise<void>) => {
  let busy = false
  return async (signal) => {
    if (busy) return
    busy = true
    try {
      await deliverAll(parts, signal, AT_ONCE - 1)
    } finally {
      busy = false
    }
  }
}
