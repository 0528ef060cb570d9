import { describe } from 'vitest'
import { compatible } from '../../server/providers/compatible/compatible.ts'
import type { Dialect } from '../../shared/keys.ts'
import { anthropicRefusals } from '../provider/anthropic/refusals.ts'
import type { OwnEndpoint } from '../provider/compatible/endpoints.ts'
import {
  mistralRefusals,
  ollamaRefusals,
  plainRefusals,
  vllmRefusals,
} from '../provider/compatible/refusals.ts'
import { commonCases } from '../provider/contract/cases.ts'
import { keepsTheContract } from '../provider/contract/contract.ts'
import type { Case, Subject } from '../provider/contract/subject.ts'
import { openaiRefusals } from '../provider/openai/refusals.ts'
import type { Refusals } from '../provider/refusals.ts'

const broken = { elsewhere: true, charged: 'unknown' } as const

/** The cases that an endpoint knows: of those that are answered by a status, the ones that it has an answer for. */
const casesOf = (refusals: Refusals): readonly Case[] => [
  ...commonCases.filter(({ when }) => !(when in openaiRefusals) || when in refusals),
]

/** What goes wrong in the middle of Chat Completions. */
const chatCases: readonly Case[] = [
  { when: 'error-mid-stream', reason: 'server-error', ...broken },
  { when: 'failed-event', reason: 'server-error', ...broken },
]

type Told = Pick<Subject, 'model' | 'cases' | 'lacks'>

const subjectAt = (endpoint: OwnEndpoint, dialect: Dialect, told: Told): Subject => ({
  make: compatible,
  // Anthropic's paths begin with the version, which addresses of the others end with.
  address: ({ compatibleUrl }) =>
    dialect === 'anthropic' ? compatibleUrl(endpoint).replace(/\/v1$/, '') : compatibleUrl(endpoint),
  endpoint: (address) => ({ kind: 'address', address, dialect }),
  key: 'sim-compatible-contract-0001',
  realLookingKey: 'XwK2c8q0d3h7J1n5p9r4t6v8y0a2b4c6',
  tokenizer: 'new',
  ...told,
})

describe('the adapter for Mistral', () => {
  const cases = [...casesOf(mistralRefusals), ...chatCases]
  keepsTheContract(
    subjectAt('mistral', 'mistral', { model: 'mistral-medium-2508', cases, lacks: ['tiers', 'counts'] }),
  )
})

describe('the adapter for Ollama', () => {
  const cases = [...casesOf(ollamaRefusals), ...chatCases]
  keepsTheContract(
    subjectAt('ollama', 'ollama', { model: 'llama3.2:latest', cases, lacks: ['tiers', 'counts', 'keys'] }),
  )
})

describe('the adapter for vLLM', () => {
  const cases = [...casesOf(vllmRefusals), ...chatCases]
  keepsTheContract(subjectAt('vllm', 'openai', { model: 'Qwen/Qwen3-8B', cases, lacks: ['tiers', 'counts'] }))
})

describe('the adapter for a gateway that speaks as OpenAI does', () => {
  const cases = [...casesOf(openaiRefusals), ...chatCases]
  keepsTheContract(subjectAt('gateway', 'openai', { model: 'house-large', cases, lacks: ['counts'] }))
})

describe('the adapter for a server that knows the least', () => {
  const cases = [...casesOf(plainRefusals), ...chatCases]
  keepsTheContract(
    subjectAt('plain', 'plain', { model: 'in-house-1', cases, lacks: ['tiers', 'counts', 'lists'] }),
  )
})

describe('the adapter for a gateway that speaks as Anthropic does', () => {
  const overloaded: Case = { when: 'error-mid-stream', reason: 'overloaded', ...broken }
  const cases = [...casesOf(anthropicRefusals), overloaded]
  keepsTheContract(
    subjectAt('claude-gateway', 'anthropic', {
      model: 'claude-haiku-5-5',
      cases,
      lacks: ['counts', 'lists'],
    }),
  )
})
