import { describe } from 'vitest'
import { bedrock } from '../server/providers/bedrock/bedrock.ts'
import { commonCases } from './provider/contract/cases.ts'
import { keepsTheContract } from './provider/contract/contract.ts'
import type { Subject } from './provider/contract/subject.ts'

/** What Bedrock does not have: credit, spend limits and accounts on hold are AWS's affair, and each rate has the same name. */
const others = new Set([
  'no-credit-400',
  'spend-limit',
  'spend-limit-429',
  'contract-limit',
  'on-hold',
  'ramp-limited',
  'slow-down',
])

const subject: Subject = {
  make: bedrock,
  address: ({ bedrockUrl }) => bedrockUrl,
  endpoint: () => ({ kind: 'region', region: 'eu-central-1' }),
  key: 'ABSKsim-contract-0000000001',
  realLookingKey: `ABSK${'QmVkcm9ja0FQSUtleS0x'.repeat(6)}`,
  model: 'eu.anthropic.claude-haiku-5-5',
  tokenizer: 'new',
  cases: [
    ...commonCases.filter(({ when }) => !others.has(when)),
    { when: 'error-mid-stream', reason: 'rate-limited', elsewhere: true, charged: 'unknown' },
    { when: 'failed-event', reason: 'server-error', elsewhere: true, charged: 'unknown' },
  ],
  lacks: ['tiers', 'counts'],
}

describe('the adapter for Bedrock', () => {
  const running = keepsTheContract(subject)
})
