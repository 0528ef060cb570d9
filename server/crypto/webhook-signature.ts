import { createHmac, randomBytes } from 'node:crypto'
import type { SignMessage } from '../domain/alerts/outbox.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret for a webhook, as Standard Webhooks writes it: `whsec_` and 32 random bytes as base64. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/** Signs a message as Standard Webhooks does: HMAC-SHA256 over id, timestamp (seconds) and body. */
export const signMessage: SignMessage = (secret, { id, seconds, body }) => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}
