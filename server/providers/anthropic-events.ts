import { z } from 'zod'
import { Tokens, type Usage } from '../../shared/providers.ts'
import type { Finish } from '../domain/provider.ts'
import { GARBAGE, type Reader, type Readers, readBy } from './stream.ts'

const Name = z.string().max(120).nullish().catch(undefined)

const StartUsage = z.object({
  input_tokens: Tokens,
  cache_read_input_tokens: Tokens.nullish(),
  cache_creation_input_tokens: Tokens.nullish(),
  cache_creation: z
    .object({ ephemeral_5m_input_tokens: Tokens, ephemeral_1h_input_tokens: Tokens })
    .nullish(),
  service_tier: Name,
  inference_geo: Name,
  speed: Name,
})
type StartUsage = z.infer<typeof StartUsage>

const LastUsage = z.object({
  input_tokens: Tokens.nullish(),
  cache_read_input_tokens: Tokens.nullish(),
  cache_creation_input_tokens: Tokens.nullish(),
  output_tokens: Tokens,
  output_tokens_details: z.object({ thinking_tokens: Tokens }).nullish(),
})
type LastUsage = z.infer<typeof LastUsage>

const Start = z.object({ message: z.object({ model: Name, usage: StartUsage.nullish() }) })
const BlockDelta = z.object({ delta: z.looseObject({ type: z.string() }) })
const TextDelta = z.object({ delta: z.object({ text: z.string() }) })
const MessageDelta = z.object({
  delta: z.object({ stop_reason: z.string().max(60).nullish() }),
  usage: LastUsage.nullish(),
})

type InputUsage = Omit<Usage, 'output' | 'reasoning'>

const inputOf = (start: StartUsage): InputUsage => {
  const written = start.cache_creation_input_tokens ?? 0
  const split = start.cache_creation
  return {
    freshInput: start.input_tokens,
    cacheRead: start.cache_read_input_tokens ?? 0,
    cacheWrite5m: split?.ephemeral_5m_input_tokens ?? 0,
    cacheWrite30m: 0,
    cacheWrite1h: split?.ephemeral_1h_input_tokens ?? written,
  }
}

/**
 * The last figures overwrite the first ones. Only the first ones tell how long a cache write lives; what was written beyond them, or without
 * a split, counts as the dearer hour, so that a receipt is never too small.
 */
const corrected = (first: InputUsage, last: LastUsage): InputUsage => {
  const written = last.cache_creation_input_tokens ?? first.cacheWrite5m + first.cacheWrite1h
  const cacheWrite5m = Math.min(first.cacheWrite5m, written)
  return {
    ...first,
    freshInput: last.input_tokens ?? first.freshInput,
    cacheRead: last.cache_read_input_tokens ?? first.cacheRead,
    cacheWrite5m,
    cacheWrite1h: written - cacheWrite5m,
  }
}

const usageOf = (first: InputUsage, last: LastUsage): Usage => {
  const reasoning = Math.min(last.output_tokens_details?.thinking_tokens ?? 0, last.output_tokens)
  return { ...corrected(first, last), output: last.output_tokens - reasoning, reasoning }
}

const stops: ReadonlyMap<string, Finish['stop']> = new Map([
  ['max_tokens', 'limit'],
  ['model_context_window_exceeded', 'limit'],
  ['refusal', 'refused'],
])

/** Reads Anthropic's Messages events. Only `message_stop` ends an answer; events that we do not use are passed over. */
export const anthropicReader = (): Reader => {
  let start: z.infer<typeof Start>['message'] | undefined
  let last: z.infer<typeof MessageDelta> | undefined
  const first = (): InputUsage | undefined => (start?.usage ? inputOf(start.usage) : undefined)

  const finish = (): Omit<Finish, 'providerRequestId'> => {
    const input = first()
    const told = start?.usage
    return {
      stop: stops.get(last?.delta.stop_reason ?? '') ?? 'end',
      usage: input && last?.usage ? usageOf(input, last.usage) : undefined,
      tier: told?.speed === 'fast' ? 'fast' : (told?.service_tier ?? undefined),
      region: told?.inference_geo ?? undefined,
      model: start?.model ?? undefined,
    }
  }

  const readers: Readers = {
    message_start: (event) => {
      const parsed = Start.safeParse(event)
      start = parsed.data?.message
      return parsed.success ? undefined : GARBAGE
    },
    content_block_delta: (event) => {
      const delta = BlockDelta.safeParse(event)
      if (!delta.success) return GARBAGE
      if (delta.data.delta.type !== 'text_delta') return undefined
      const text = TextDelta.safeParse(event)
      return text.success ? { text: text.data.delta.text } : GARBAGE
    },
    message_delta: (event) => {
      const parsed = MessageDelta.safeParse(event)
      last = parsed.data
      return parsed.success ? undefined : GARBAGE
    },
    message_stop: () => (start === undefined ? GARBAGE : { finish: finish() }),
  }

  return {
    read: (event) => readBy(readers, event),
    usage: () => first() ?? {},
  }
}
