import { z } from 'zod'
import { Tokens, type Usage } from '../../shared/providers.ts'
import type { Finish, ToldUsage } from '../domain/provider.ts'
import { contradiction, numbersIn } from './counts.ts'
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

/** How long a cache write lives of which the provider does not tell. */
type Life = '5m' | '1h'

const inputOf = ({ cache_creation: split, ...start }: StartUsage, untold: Life): InputUsage => {
  const written = start.cache_creation_input_tokens ?? 0
  return {
    freshInput: start.input_tokens,
    cacheRead: start.cache_read_input_tokens ?? 0,
    cacheWrite5m: split?.ephemeral_5m_input_tokens ?? (untold === '5m' ? written : 0),
    cacheWrite30m: 0,
    cacheWrite1h: split?.ephemeral_1h_input_tokens ?? (untold === '1h' ? written : 0),
  }
}

const writtenIn = ({ cacheWrite5m, cacheWrite1h }: InputUsage): number => cacheWrite5m + cacheWrite1h

/** The same input with this many tokens written to the cache in all. */
const withWritten = (input: InputUsage, tokens: number, untold: Life): InputUsage => {
  const told = untold === '1h' ? input.cacheWrite5m : input.cacheWrite1h
  const kept = Math.min(told, tokens)
  return untold === '1h'
    ? { ...input, cacheWrite5m: kept, cacheWrite1h: tokens - kept }
    : { ...input, cacheWrite5m: tokens - kept, cacheWrite1h: kept }
}

/** The input of an answer that broke off: the larger of what its kinds and its total say. */
const inputSoFar = (start: StartUsage, untold: Life): InputUsage => {
  const input = inputOf(start, untold)
  return withWritten(input, Math.max(writtenIn(input), start.cache_creation_input_tokens ?? 0), untold)
}

/** The last figures overwrite the first ones. Only the first ones tell how long a cache write lives; all figures tell how much was written. */
const inputsTold = (start: StartUsage, last: LastUsage, untold: Life) => {
  const input = {
    ...inputOf(start, untold),
    freshInput: last.input_tokens ?? start.input_tokens,
    cacheRead: last.cache_read_input_tokens ?? start.cache_read_input_tokens ?? 0,
  }
  const written = last.cache_creation_input_tokens ?? start.cache_creation_input_tokens ?? writtenIn(input)
  const byTotals = withWritten(input, written, untold)
  return { byTotals, byKind: start.cache_creation ? input : byTotals }
}

/** Thinking is a part of the output; where it is told to be more than all of it, the two readings differ. */
const toldBy = (start: StartUsage, last: LastUsage, untold: Life): ToldUsage => {
  const { byKind, byTotals } = inputsTold(start, last, untold)
  const thinking = last.output_tokens_details?.thinking_tokens ?? 0
  const output = Math.max(0, last.output_tokens - thinking)
  const usage = { ...byKind, output, reasoning: thinking }
  const otherwise = { ...byTotals, output, reasoning: last.output_tokens - output }
  const raw = numbersIn({ message_start: start, message_delta: last })
  return { usage, raw, doubt: contradiction(usage, otherwise) }
}

const stops: ReadonlyMap<string, Finish['stop']> = new Map([
  ['max_tokens', 'limit'],
  ['model_context_window_exceeded', 'limit'],
  ['refusal', 'refused'],
])

/**
 * Reads Anthropic's Messages events. Only `message_stop` ends an answer; events that we do not use are passed over. `untold`: the kind of cache
 * writes of which no kind is told, by default the dearer hour.
 */
export const anthropicReader = (untold: Life = '1h'): Reader => {
  let start: z.infer<typeof Start>['message'] | undefined
  let last: z.infer<typeof MessageDelta> | undefined
  const first = (): InputUsage | undefined => (start?.usage ? inputSoFar(start.usage, untold) : undefined)

  const finish = (): Omit<Finish, 'providerRequestId'> => {
    const told = start?.usage
    return {
      stop: stops.get(last?.delta.stop_reason ?? '') ?? 'end',
      ...(told && last?.usage ? toldBy(told, last.usage, untold) : { usage: undefined }),
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
