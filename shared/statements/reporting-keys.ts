import { z } from 'zod'
import { Id, Label, Moment } from '../ids.ts'
import { type KeyFlaw, keyFlaw } from '../keys.ts'
import { FailureReason, ReportingProvider } from '../providers.ts'

const adminPrefixes: Record<ReportingProvider, RegExp> = { anthropic: /^sk-ant-/, openai: /^sk-admin-/ }
const SHORTEST = 20

/**
 * Judges the shape of a pasted reporting key; undefined when nothing speaks against asking the provider. Anthropic's is an Admin key or one with
 * the scope `read:analytics`, OpenAI's an Admin key. Outer white space must be trimmed by the caller.
 */
export const reportingKeyFlaw = (provider: ReportingProvider, key: string): KeyFlaw | undefined => {
  const flaw = keyFlaw(provider, key)
  if (flaw !== undefined && flaw !== 'admin-key') return flaw
  if (adminPrefixes[provider].test(key)) return key.length < SHORTEST ? 'too-short' : undefined
  return flaw === 'admin-key' ? 'other-provider' : 'not-admin'
}

/** Which key of a provider's organization one of our key's versions is; null while nobody knows. */
export const KeyLink = z.object({
  keyId: Id,
  label: Label,
  version: z.int(),
  /** Whether this version answers now; the others are past. */
  current: z.boolean(),
  providerKeyId: z.string().max(200).nullable(),
  /** `hint`: by what the provider shows of its keys. `owner`: somebody picked it. */
  by: z.enum(['hint', 'owner']).nullable(),
})
export type KeyLink = z.infer<typeof KeyLink>

/** What the owner sees of a reporting key: never the key, nor digits of it. */
export const ReportingKey = z.object({
  provider: ReportingProvider,
  version: z.int(),
  baseAddress: z.string(),
  addressIsDefault: z.boolean(),
  connectedAt: Moment,
  connectedBy: Label,
  verifiedAt: Moment,
  /** When the report was last compared whole; null before the first time. */
  comparedAt: Moment.nullable(),
  /** Why the last comparison did not come to its end. */
  failure: FailureReason.nullable(),
  links: z.array(KeyLink),
})
export type ReportingKey = z.infer<typeof ReportingKey>

/** Answer of `GET /v1/reporting-keys`, for the owner. */
export const ReportingKeyList = z.object({ keys: z.array(ReportingKey) })

/** Body of `POST /v1/reporting-keys`: connects the provider's reporting key, or replaces the one that is there. */
export const ReportingKeyConnection = z.strictObject({
  provider: ReportingProvider,
  key: z.string().max(20_000),
})
export type ReportingKeyConnection = z.infer<typeof ReportingKeyConnection>

/** A key as the provider lists it. */
export const ProviderKey = z.object({ id: z.string().max(200), name: z.string().max(200).nullable() })
export type ProviderKey = z.infer<typeof ProviderKey>

/** Answer of `GET /v1/reporting-keys/:provider/provider-keys`. */
export const ProviderKeyList = z.object({ keys: z.array(ProviderKey) })

/** Body of `PUT /v1/reporting-keys/:provider/links`: the owner picks which key of the provider one of ours is. */
export const KeyLinking = z.strictObject({
  keyId: Id,
  version: z.int().min(1),
  providerKeyId: z.string().min(1).max(200),
})
export type KeyLinking = z.infer<typeof KeyLinking>
