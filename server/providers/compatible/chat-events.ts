import { z } from 'zod'
import { Tokens } from '../../../shared/providers.ts'
import type { Finish, ToldUsage } from '../../domain/provider.ts'
import { disjoint, numbersIn } from '../counts.ts'
import { compatibleReason } from '../failures.ts'
import { GARBAGE, type Reader, type Reading } from '../stream.ts'
import type { ChatDialect } from './dialects.ts'

const Name = z.string().max(120).nullish().catch(undefined)

const WireUsage = z.object({
  prompt_tokens: Tokens,
  prompt_tokens_details: z
    .object({ cached_tokens: Tokens.nullish(), cache_write_tokens: Tokens.nullish() })
    .nullish(),
  completion_tokens: Tokens,
  completion_tokens_details: z.object({ reasoning_tokens: Tokens.nullish() }).nullish(),
  total_tokens: Tokens.nullish(),
})
type WireUsage = z.infer<typeof WireUsage>

/** Text, or parts of which some are text: models of Mistral that think write so. */
const Content = z.union([
  z.string(),
  z
    .array(z.looseObject({ type: z.string(), text: z.unknown().optional() }))
    .transform((parts) =>
      parts.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : '')).join(''),
    ),
])

const Choice = z.object({
  delta: z.object({ content: Content.nullish(), refusal: z.string().nullish() }).nullish(),
  finish_reason: Name,
})

/** Usage of a form that we do not know counts as not told. */
const Chunk = z.object({
  model: Name,
  service_tier: Name,
  choices: z.array(Choice).nullish(),
  usage: WireUsage.nullish().catch(undefined),
})
type Chunk = z.infer<typeof Chunk>

/** An error in the middle of a stream that is not put into `error`, where the SDK would find it. */
const Complaint = z.object({
  object: z.literal('error'),
  type: Name,
  code: Name,
  message: z.unknown().optional(),
})

const toldBy = (wire: WireUsage): ToldUsage => ({
  ...disjoint({
    input: wire.prompt_tokens,
    cacheRead: wire.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWrite30m: wire.prompt_tokens_details?.cache_write_tokens ?? 0,
    output: wire.completion_tokens,
    reasoning: wire.completion_tokens_details?.reasoning_tokens ?? 0,
    total: wire.total_tokens,
  }),
  raw: numbersIn(wire),
})

/** What reasons to finish mean; any other is an ordinary end. */
const stops: ReadonlyMap<string, Finish['stop']> = new Map([
  ['length', 'limit'],
  ['model_length', 'limit'],
  ['content_filter', 'refused'],
])

/** Reasons to finish that say that the answer is not whole. */
const breaks: ReadonlyMap<string, Reading> = new Map([
  ['error', { broken: 'server-error' }],
  ['insufficient_system_resource', { broken: 'overloaded' }],
])

const brokenBy = (event: unknown): Reading => {
  const { data } = Complaint.safeParse(event)
  if (data === undefined) return undefined
  const { type, code, message } = data
  const says = typeof message === 'string' ? message : ''
  return {
    broken: compatibleReason({ status: undefined, code: code ?? undefined, type: type ?? 'error', says }),
  }
}

/**
 * Reads the chunks of Chat Completions. Only a reason to finish ends an answer: neither `[DONE]` nor the end of the stream does. Usage comes with
 * it, in a chunk after it, or never.
 */
export const chatReader = ({ hasTiers }: Pick<ChatDialect, 'hasTiers'>): Reader => {
  let stop: Finish['stop'] | undefined
  let refused = false
  let usage: WireUsage | undefined
  let [model, tier]: (string | undefined)[] = []

  const finish = (): Reading =>
    stop && {
      finish: {
        stop: refused ? 'refused' : stop,
        ...(usage === undefined ? { usage: undefined } : toldBy(usage)),
        tier: hasTiers ? tier : undefined,
        region: undefined,
        model,
      },
    }

  const readChoice = (choice: z.infer<typeof Choice> | undefined): Reading => {
    const reason = choice?.finish_reason
    refused ||= Boolean(choice?.delta?.refusal)
    if (reason) stop = stops.get(reason) ?? 'end'
    const broken = breaks.get(reason ?? '')
    if (broken !== undefined) return broken
    const text = choice?.delta?.content
    return text ? { text } : undefined
  }

  const readChunk = ({ choices, ...chunk }: Chunk): Reading => {
    model = chunk.model ?? model
    tier = chunk.service_tier ?? tier
    const reading = readChoice(choices?.[0])
    // Some tell a running count with every chunk; only the last one is the usage.
    if (chunk.usage && (stop !== undefined || !choices?.length)) usage = chunk.usage
    return reading ?? (usage && finish())
  }

  return {
    read: (event) => {
      const broken = brokenBy(event)
      if (broken !== undefined) return broken
      const parsed = Chunk.safeParse(event)
      return parsed.success ? readChunk(parsed.data) : GARBAGE
    },
    usage: () => ({}),
    end: finish,
  }
}
