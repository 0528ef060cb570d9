import { z } from 'zod'

/** Who answers. `bedrock`: Claude on AWS. `compatible`: any endpoint that speaks a protocol of Anthropic's or OpenAI's. */
export const ProviderName = z.enum(['anthropic', 'openai', 'bedrock', 'compatible'])
export type ProviderName = z.infer<typeof ProviderName>

/** The providers that report usage and cost of an organization by key. */
export const ReportingProvider = ProviderName.extract(['anthropic', 'openai'])
export type ReportingProvider = z.infer<typeof ReportingProvider>

/**
 * Why a provider did not give a whole answer. The provider adapters decide it, nobody else;
 * the extension owns the words.
 */
export const FailureReason = z.enum([
  'key-invalid',
  'key-revoked',
  'no-credit',
  'spend-limit',
  'on-hold',
  'not-permitted',
  'region-refused',
  'model-missing',
  'model-retired',
  'rate-limited',
  'overloaded',
  'server-error',
  'network',
  'timeout',
  'stalled',
  'ended-early',
  'garbage',
  'too-long',
  'too-large',
  'request-refused',
  'refused-by-model',
  'vault-stopped',
])
export type FailureReason = z.infer<typeof FailureReason>

/** Kinds of tokens that are priced apart. They are disjoint: their sum is all that the provider counted. */
export const buckets = [
  'freshInput',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite30m',
  'cacheWrite1h',
  'output',
  'reasoning',
] as const
export type Bucket = (typeof buckets)[number]

/** A count of tokens of one call. The bound is a hundred times the largest context there is: more is no count. */
export const Tokens = z.int().min(0).max(100_000_000)

/** Tokens of one provider call by bucket. `output` is what a reader sees; `reasoning` is billed beside it. */
export const Usage = z.object({
  freshInput: Tokens,
  cacheRead: Tokens,
  cacheWrite5m: Tokens,
  cacheWrite30m: Tokens,
  cacheWrite1h: Tokens,
  output: Tokens,
  reasoning: Tokens,
})
export type Usage = z.infer<typeof Usage>

/** A call that counted nothing. */
export const noUsage: Usage = {
  freshInput: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite30m: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
}
