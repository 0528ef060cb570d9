import type { Role } from '../../../../shared/members.ts'
import type { Bucket, ProviderName } from '../../../../shared/providers.ts'
import type { AttemptOutcome, Certainty, Purpose } from '../../../../shared/receipts.ts'

export const providers = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  bedrock: 'AWS Bedrock',
  compatible: 'Own endpoint',
} as const satisfies Record<ProviderName, string>

export const roles = {
  owner: 'Owner',
  admin: 'Admin',
  agent: 'Agent',
  'light-agent': 'Light agent',
} as const satisfies Record<Role, string>

export const purposes = {
  draft: 'Draft',
  refine: 'Refine',
  verify: 'Verification',
  playground: 'Playground',
} as const satisfies Record<Purpose, string>

export const outcomes = {
  running: 'Running',
  answered: 'Answered',
  limit: 'Answered, cut at the length limit',
  cut: 'Cut short',
  failed: 'Failed',
  lost: 'Lost',
} as const satisfies Record<AttemptOutcome, string>

export const certainties = {
  pending: { name: 'Running', meaning: 'The call is running. Its upper bound is reserved under the cap.' },
  exact: { name: 'Exact', meaning: 'Computed from the provider’s own final count of tokens.' },
  estimated: {
    name: 'Estimated',
    meaning:
      'The provider did not report the final count, so the cap was charged the upper bound. The true cost is at most this.',
  },
} as const satisfies Record<Certainty, { name: string; meaning: string }>

/** Kinds of tokens that are priced apart. */
export const buckets = {
  freshInput: 'Input',
  cacheRead: 'Input, read from cache',
  cacheWrite5m: 'Input, written to cache for 5 minutes',
  cacheWrite30m: 'Input, written to cache for 30 minutes',
  cacheWrite1h: 'Input, written to cache for 1 hour',
  output: 'Output',
  reasoning: 'Output, hidden reasoning',
} as const satisfies Record<Bucket, string>
