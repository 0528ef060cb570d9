import { bedrock } from '../../../server/providers/bedrock/bedrock.ts'
import type { BedrockRegion } from '../../../shared/keys.ts'
import { commonCases } from '../contract/cases.ts'
import type { Subject } from '../contract/subject.ts'

/** What Bedrock does not have: credit, spend limits and accounts on hold are AWS's affair, and each rate has the same name. */
const foreign = new Set([
  'no-credit-400',
  'spend-limit',
  'spend-limit-429',
  'contract-limit',
  'on-hold',
  'ramp-limited',
  'slow-down',
])

export const keyIn = (region: BedrockRegion) => ({ kind: 'region', region }) as const

/** Claude on Bedrock in Frankfurt, by an API key. */
export const bedrockSubject: Subject = {
  make: bedrock,
  address: ({ bedrockUrl }) => bedrockUrl,
  endpoint: () => keyIn('eu-central-1'),
  key: 'ABSKsim-contract-0000000001',
  realLookingKey: `ABSK${'QmVkcm9ja0FQSUtleS0x'.repeat(6)}`,
  model: 'eu.anthropic.claude-haiku-5-5',
  tokenizer: 'new',
  cases: [
    ...commonCases.filter(({ when }) => !foreign.has(when)),
    { when: 'error-mid-stream', reason: 'rate-limited', elsewhere: true, charged: 'unknown' },
    { when: 'failed-event', reason: 'server-error', elsewhere: true, charged: 'unknown' },
  ],
  lacks: ['tiers', 'counts'],
}
