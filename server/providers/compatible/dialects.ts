import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import type { Dialect } from '../../../shared/keys.ts'
import type { Call } from '../../domain/provider.ts'

/** How an endpoint differs from the others that speak Chat Completions. What it does not know it may refuse, so nothing else is sent to it. */
export type ChatDialect = {
  /** What is sent beside model, messages and `stream`. */
  readonly parameters: (call: Call) => Partial<ChatCompletionCreateParamsStreaming>
  /** Whether it sells tiers, and so names the one that an answer was made on. */
  readonly hasTiers: boolean
  /** The header in which it names a request. */
  readonly requestIdHeader: string
}

const limited = ({ outputLimit }: Call) => ({ max_tokens: outputLimit })
const withUsage = { stream_options: { include_usage: true } }

/** What nearly every server takes. */
const usual: ChatDialect = {
  parameters: (call) => ({ ...limited(call), ...withUsage }),
  hasTiers: false,
  requestIdHeader: 'x-request-id',
}

/** The dialects of Chat Completions, as data. */
export const chatDialects: Readonly<Record<Exclude<Dialect, 'anthropic'>, ChatDialect>> = {
  openai: {
    parameters: ({ outputLimit, cacheKey }) => ({
      max_completion_tokens: outputLimit,
      ...withUsage,
      store: false,
      service_tier: 'default',
      prompt_cache_key: cacheKey,
    }),
    hasTiers: true,
    requestIdHeader: 'x-request-id',
  },
  mistral: { parameters: limited, hasTiers: false, requestIdHeader: 'mistral-correlation-id' },
  ollama: usual,
  plain: usual,
}
