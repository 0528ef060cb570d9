import { z } from 'zod'
import { Id, Label, Moment } from './ids.ts'
import { Usd } from './money.ts'
import { FailureReason, ProviderName } from './providers.ts'

/** What is wrong with the shape of a pasted key, before anybody is asked. */
export const KeyFlaw = z.enum([
  'empty',
  'line-break',
  'space',
  'characters',
  'too-short',
  'too-long',
  'other-provider',
  'admin-key',
  'prefix',
  'not-admin',
  'drafting-key',
])
export type KeyFlaw = z.infer<typeof KeyFlaw>

const prefixes: Record<ProviderName, string> = { anthropic: 'sk-ant-', openai: 'sk-' }
const KEY_LENGTH = { min: 20, max: 512 }

/**
 * Judges the shape of a pasted key; undefined when nothing speaks against asking the provider. Outer white space must be
 * trimmed by the caller. A key with a line break would be printed by the SDKs' own errors, so it must never reach them.
 */
export const keyFlaw = (provider: ProviderName, key: string): KeyFlaw | undefined => {
  if (key === '') return 'empty'
  if (/[\r\n]/.test(key)) return 'line-break'
  if (/\s/.test(key)) return 'space'
  if (key.length > KEY_LENGTH.max) return 'too-long'
  if (!/^[\x21-\x7e]+$/.test(key)) return 'characters'
  if (/^sk-(ant-)?admin/.test(key)) return 'admin-key'
  if (provider === 'openai' && key.startsWith('sk-ant-')) return 'other-provider'
  if (!key.startsWith(prefixes[provider]))
    return provider === 'anthropic' && key.startsWith('sk-') ? 'other-provider' : 'prefix'
  return key.length < KEY_LENGTH.min ? 'too-short' : undefined
}

/** A model that a key may use. Prices are dollars per million tokens; without them the model cannot be chosen. */
export const KeyModel = z.object({
  id: z.string().max(120),
  name: z.string().max(120),
  price: z.object({ input: Usd, output: Usd }).nullable(),
  contextTokens: z.int().nullable(),
  retiresAt: Moment.nullable(),
})
export type KeyModel = z.infer<typeof KeyModel>

/** What an admin sees of a key: never the key, nor digits of it. */
export const Key = z.object({
  id: Id,
  provider: ProviderName,
  label: Label,
  connected: z.boolean(),
  state: z.enum(['active', 'rejected']),
  rejectedFor: FailureReason.nullable(),
  primary: z.boolean(),
  version: z.int(),
  model: KeyModel,
  models: z.array(KeyModel),
  baseAddress: z.string(),
  addressIsDefault: z.boolean(),
  connectedAt: Moment,
  connectedBy: Label,
  verifiedAt: Moment,
})
export type Key = z.infer<typeof Key>

/** Answer of `GET /v1/keys`, for owners and admins. */
export const KeyList = z.object({ keys: z.array(Key) })

/** Body of `POST /v1/keys` (connect). The key's length is judged by `keyFlaw`, so that the person reads why. */
export const KeyConnection = z.strictObject({
  provider: ProviderName,
  key: z.string().max(20_000),
  label: Label.optional(),
})
export type KeyConnection = z.infer<typeof KeyConnection>

/** Body of `POST /v1/keys/:id/versions` (replace). */
export const KeyReplacement = z.strictObject({ key: z.string().max(20_000) })
export type KeyReplacement = z.infer<typeof KeyReplacement>

/** Body of `PATCH /v1/keys/:id`: which model drafts, or that this key answers first. */
export const KeyChange = z.strictObject({
  model: z.string().max(120).optional(),
  primary: z.literal(true).optional(),
})
export type KeyChange = z.infer<typeof KeyChange>

/** Answer to connecting and replacing: the key's card and the receipt of the verifying call. */
export const KeyConnected = z.object({ key: Key, receiptId: Id })
export type KeyConnected = z.infer<typeof KeyConnected>
