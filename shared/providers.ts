import { z } from 'zod'

/** Whose protocol a key speaks. */
export const ProviderName = z.enum(['anthropic', 'openai'])
export type ProviderName = z.infer<typeof ProviderName>

/**
 * Why a provider did not give a whole answer. The provider adapters decide it, nobody else;
 * the extension owns the words.
 */
export const FailureReason = z.enum([
  'key-invalid',
  'no-credit',
  'spend-limit',
  'on-hold',
  'not-permitted',
  'region-refused',
  'model-missing',
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
