import { z } from 'zod'
import { PriceTerms } from './books/prices.ts'
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

/** How a key begins, where its provider has a form for it. Bedrock: an API key, or `ACCESS-KEY-ID:SECRET-ACCESS-KEY` of a pair that does not end by itself within hours. */
const prefixes: Record<ProviderName, RegExp> = {
  anthropic: /^sk-ant-/,
  openai: /^sk-/,
  bedrock: /^(ABSK|bedrock-api-key-|AKIA[A-Z0-9]{12,124}:[A-Za-z0-9/+=]{40}$)/,
  compatible: /^/,
}
const KEY_LENGTH = { min: 20, max: 512 }
/** An endpoint of one's own may have a short key, or none that matters. */
const SHORTEST_COMPATIBLE = 1

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
  if (!prefixes[provider].test(key))
    return provider === 'anthropic' && key.startsWith('sk-') ? 'other-provider' : 'prefix'
  const shortest = provider === 'compatible' ? SHORTEST_COMPATIBLE : KEY_LENGTH.min
  return key.length < shortest ? 'too-short' : undefined
}

/** Regions in which Claude answers on AWS Bedrock. Another region is another address, for which the key is pasted again. */
export const BedrockRegion = z.enum([
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'eu-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
])
export type BedrockRegion = z.infer<typeof BedrockRegion>

/**
 * How a compatible endpoint is spoken to. `anthropic`: Messages. `openai`: Chat Completions as OpenAI has them. `mistral`: only model, messages,
 * `max_tokens` and `stream`, since it refuses the rest and tells usage unasked. `ollama`, `plain`: the same, and usage is asked for.
 */
export const Dialect = z.enum(['anthropic', 'openai', 'mistral', 'ollama', 'plain'])
export type Dialect = z.infer<typeof Dialect>

/** Where a key may be sent, beyond its provider: a region of Bedrock, or the address and the dialect of a compatible endpoint. */
export const KeyEndpoint = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('region'), region: BedrockRegion }),
  z.strictObject({
    kind: z.literal('address'),
    address: z.url({ protocol: /^https?$/ }).max(500),
    dialect: Dialect,
  }),
])
export type KeyEndpoint = z.infer<typeof KeyEndpoint>

/**
 * Honest presets, computed from prices and profiles among the models that a key may use and that stay for 60 days. `cheap`: the least cost of a usual
 * draft. `balanced`: the default choice for support drafts. `best`: of the strongest, by what its provider charges, the one that suits support drafts.
 */
export const Preset = z.enum(['cheap', 'balanced', 'best'])
export type Preset = z.infer<typeof Preset>

/** A model that a key may use. Prices are dollars per million tokens; without them the model cannot be chosen. */
export const KeyModel = z.object({
  id: z.string().max(120),
  name: z.string().max(120),
  price: z.object({ input: Usd, output: Usd }).nullable(),
  contextTokens: z.int().nullable(),
  retiresAt: Moment.nullable(),
  /** Which presets are this model; several where there is little to choose from. */
  presets: z.array(Preset).default([]),
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
  /** Order among the keys of its provider, 1 first. */
  position: z.int().default(1),
  /** The channels that it may answer for; null: all. */
  channels: z
    .array(z.object({ id: Id, name: Label }))
    .nullable()
    .default(null),
  version: z.int(),
  /** The version before, to which one may return until it is destroyed. */
  former: z.object({ version: z.int(), until: Moment }).nullable().default(null),
  endpoint: KeyEndpoint.nullable().default(null),
  /** Until when it rests after a failure that passes; null: it does not. */
  restsUntil: Moment.nullable().default(null),
  /** When its provider was last asked whether it still takes the key; null: not since it was connected. */
  checkedAt: Moment.nullable().default(null),
  /** Since when the daily check could not be made; null: the last one could. */
  uncheckedSince: Moment.nullable().default(null),
  model: KeyModel,
  models: z.array(KeyModel),
  baseAddress: z.string(),
  addressIsDefault: z.boolean(),
  connectedAt: Moment,
  connectedBy: Label,
  verifiedAt: Moment,
})
export type Key = z.infer<typeof Key>

/**
 * Who answers, and who stands in. `backup` null: nobody does. `dearer`: whether a backup may answer that costs more than ten times as much.
 * Keys older than `remindAfterDays` are pointed out.
 */
export const Routing = z.object({
  primary: ProviderName.nullable(),
  backup: ProviderName.nullable(),
  dearer: z.boolean(),
  remindAfterDays: z.int(),
})
export type Routing = z.infer<typeof Routing>

/** Something about a key that an admin should see to. `retiring`: its model ends within 60 days; `channels` use it by a choice of their own. */
export const KeyReminder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('old'), keyId: Id, label: Label, provider: ProviderName, days: z.int() }),
  z.object({ kind: z.literal('unchecked'), keyId: Id, label: Label, provider: ProviderName, since: Moment }),
  z.object({
    kind: z.literal('retiring'),
    provider: ProviderName,
    model: z.string(),
    modelName: z.string(),
    retiresAt: Moment,
    /** Whether it is the provider's own choice, for whatever has no choice of a channel. */
    usual: z.boolean(),
    channels: z.array(Label),
  }),
])
export type KeyReminder = z.infer<typeof KeyReminder>

/** Answer of `GET /v1/keys`, for owners and admins: the keys of the primary first, then of the backup, then the others; within a provider in their order. */
export const KeyList = z.object({
  keys: z.array(Key),
  routing: Routing.default({ primary: null, backup: null, dearer: false, remindAfterDays: 180 }),
  reminders: z.array(KeyReminder).default([]),
})
export type KeyList = z.infer<typeof KeyList>

/** Body of `PUT /v1/routing`; what is left out stays. Primary and backup differ, and each has a key. */
export const RoutingChange = z.strictObject({
  primary: ProviderName.optional(),
  backup: ProviderName.nullable().optional(),
  dearer: z.boolean().optional(),
  remindAfterDays: z.int().min(1).max(3_650).optional(),
})
export type RoutingChange = z.infer<typeof RoutingChange>

/** Body of `PUT /v1/keys/order`: every key of the provider, in the order in which they answer. */
export const KeyOrder = z.strictObject({ provider: ProviderName, keyIds: z.array(Id).min(1).max(50) })
export type KeyOrder = z.infer<typeof KeyOrder>

/**
 * What an endpoint of one's own costs, said together with its key, since only a model with a price can be tried: one of its models, or
 * without `model` every one that it lists and that has no price yet. It is in force from then on like any own price.
 */
export const EndpointPrice = z.strictObject({
  model: z.string().trim().min(1).max(120).optional(),
  terms: PriceTerms,
})
export type EndpointPrice = z.infer<typeof EndpointPrice>

/** Body of `POST /v1/keys` (connect). The key's length is judged by `keyFlaw`, so that the person reads why. */
export const KeyConnection = z.strictObject({
  provider: ProviderName,
  key: z.string().max(20_000),
  label: Label.optional(),
  endpoint: KeyEndpoint.optional(),
  /** For `compatible` only. */
  price: EndpointPrice.optional(),
})
export type KeyConnection = z.infer<typeof KeyConnection>

/** Body of `POST /v1/keys/:id/versions` (rehearse another secret). */
export const KeyReplacement = z.strictObject({ key: z.string().max(20_000) })
export type KeyReplacement = z.infer<typeof KeyReplacement>

/**
 * What a rehearsed version can and cannot do, before anything changes. It is kept sealed until `expiresAt` and answers nobody until it is made the
 * current one. `organization`: whether it belongs to the same account at the provider as the current version. `reporting`: whether
 * reports of the provider are read with a key that will not see this version's use.
 */
export const Rehearsal = z.object({
  keyId: Id,
  version: z.int(),
  expiresAt: Moment,
  /** The model that it will draft with. */
  model: KeyModel,
  /** Models that the current version may use and this one may not, with who uses them. */
  lost: z.array(z.object({ id: z.string(), name: z.string(), usual: z.boolean(), channels: z.array(Label) })),
  gained: z.int(),
  organization: z.enum(['same', 'other', 'unknown']),
  reporting: z.enum(['fits', 'differs', 'none', 'unknown']),
  receiptId: Id,
})
export type Rehearsal = z.infer<typeof Rehearsal>

/** Body of `PUT /v1/keys/:id/version`: a rehearsed version, or the former one, becomes the current one. */
export const KeySwitch = z.strictObject({ version: z.int().min(1) })
export type KeySwitch = z.infer<typeof KeySwitch>

/** Body of `PATCH /v1/keys/:id`: which model its provider drafts with, that it answers first, its name, or the channels that it may answer for (null: all). */
export const KeyChange = z.strictObject({
  model: z.string().max(120).optional(),
  primary: z.literal(true).optional(),
  label: Label.optional(),
  channels: z.array(Id).min(1).max(50).nullable().optional(),
})
export type KeyChange = z.infer<typeof KeyChange>

/** Answer to connecting a key and to trying one again: its card and the receipt of the verifying call. */
export const KeyConnected = z.object({ key: Key, receiptId: Id })
export type KeyConnected = z.infer<typeof KeyConnected>
