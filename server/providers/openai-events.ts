import { z } from 'zod'
import { Tokens, type Usage } from '../../shared/providers.ts'
import type { Finish, ToldUsage } from '../domain/provider.ts'
import { disjoint, numbersIn } from './counts.ts'
import { openaiReason } from './failures.ts'
import { GARBAGE, type Reader, type Readers, type Reading, readBy } from './stream.ts'

const Name = z.string().max(120).nullish().catch(undefined)

const WireUsage = z.object({
  input_tokens: Tokens,
  input_tokens_details: z
    .object({ cached_tokens: Tokens.nullish(), cache_write_tokens: Tokens.nullish() })
    .nullish(),
  output_tokens: Tokens,
  output_tokens_details: z.object({ reasoning_tokens: Tokens.nullish() }).nullish(),
  total_tokens: Tokens.nullish(),
})
type WireUsage = z.infer<typeof WireUsage>

const Ended = z.object({
  response: z.object({
    model: Name,
    service_tier: Name,
    usage: WireUsage.nullish(),
    incomplete_details: z.object({ reason: Name }).nullish(),
    error: z.object({ code: Name, type: Name, message: z.string().nullish() }).nullish(),
  }),
})
type Ended = z.infer<typeof Ended>['response']

const Delta = z.object({ delta: z.string() })
const ErrorEvent = z.object({ code: Name, message: z.string().nullish() })

const toldBy = (wire: WireUsage): ToldUsage => ({
  ...disjoint({
    input: wire.input_tokens,
    cacheRead: wire.input_tokens_details?.cached_tokens ?? 0,
    cacheWrite30m: wire.input_tokens_details?.cache_write_tokens ?? 0,
    output: wire.output_tokens,
    reasoning: wire.output_tokens_details?.reasoning_tokens ?? 0,
    total: wire.total_tokens,
  }),
  raw: numbersIn(wire),
})

const toldIn = (wire: Ended['usage']): ToldUsage | { readonly usage: undefined } =>
  wire ? toldBy(wire) : { usage: undefined }

/** Reads the events of OpenAI's Responses. Only `response.completed` and `response.incomplete` end an answer. */
export const openaiReader = (): Reader => {
  let refused = false
  let usage: Partial<Usage> = {}

  const ending = (event: unknown, read: (ended: Ended) => Reading): Reading => {
    const parsed = Ended.safeParse(event)
    return parsed.success ? read(parsed.data.response) : GARBAGE
  }
  const finish = (ended: Ended, stop: Finish['stop']): Reading => ({
    finish: {
      stop,
      ...toldIn(ended.usage),
      tier: ended.service_tier ?? undefined,
      region: undefined,
      model: ended.model ?? undefined,
    },
  })
  const brokenBy = (
    code: string | null | undefined,
    type: string | null | undefined,
    says: string,
  ): Reading => ({
    broken: openaiReason({ status: undefined, code: code ?? undefined, type: type ?? undefined, says }),
  })

  const readers: Readers = {
    'response.output_text.delta': (event) => {
      const parsed = Delta.safeParse(event)
      return parsed.success ? { text: parsed.data.delta } : GARBAGE
    },
    'response.refusal.delta': () => {
      refused = true
      return undefined
    },
    'response.completed': (event) => ending(event, (ended) => finish(ended, refused ? 'refused' : 'end')),
    'response.incomplete': (event) =>
      ending(event, (ended) =>
        finish(ended, ended.incomplete_details?.reason === 'content_filter' ? 'refused' : 'limit'),
      ),
    'response.failed': (event) =>
      ending(event, (ended) => {
        usage = toldIn(ended.usage).usage ?? {}
        return brokenBy(ended.error?.code ?? 'server_error', ended.error?.type, ended.error?.message ?? '')
      }),
    error: (event) => {
      const parsed = ErrorEvent.safeParse(event)
      return parsed.success
        ? brokenBy(parsed.data.code ?? 'server_error', undefined, parsed.data.message ?? '')
        : GARBAGE
    },
  }

  return {
    read: (event) => readBy(readers, event),
    usage: () => usage,
  }
}
