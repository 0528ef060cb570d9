import { z } from 'zod'
import { type Asked, type Dialect, type InputUsage, placeOf } from '../dialect.ts'
import { automaticCache } from '../money/cache.ts'
import type { Model } from '../money/catalogue.ts'
import { countTokens } from '../money/tokens.ts'
import type { Refusals, Refused } from '../refusals.ts'
import { type Chunking, chatFrames } from './frames.ts'
import { modelIn } from './models.ts'

/** The fields that every endpoint takes, in the form that most take alone: text as a string. */
export const least = {
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
    .min(1),
  max_tokens: z.int().min(1).optional(),
  stream: z.boolean().optional(),
}

/** What an endpoint understands of a request, whatever else it takes. */
const Request = z.looseObject({
  ...least,
  max_completion_tokens: z.int().min(1).optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  prompt_cache_key: z.string().optional(),
})
type Request = z.infer<typeof Request>

/** An endpoint that speaks Chat Completions, as far as it is not like the others. */
export type Endpoint = Chunking & {
  readonly models: readonly Model[]
  /** What it takes; anything else is answered by `complaint`. */
  readonly takes: z.ZodType
  readonly complaint: (place: string) => Refused
  readonly noModel: (id: string) => Refused
  readonly tooLong: Refused
  readonly accepts: (key: string) => boolean
  readonly noKey: Refused
  readonly noSuchPath: Refused
  /** Whether beginnings of prompts are read from a cache. */
  readonly caches: boolean
  readonly requestIdHeader: string
  readonly refusals: Refusals
  readonly listed: (model: Model) => object
  /** Further entries of the list, which cannot chat. */
  readonly others?: readonly object[]
}

/** The vault writes the thread and what is asked of it into one message. */
const heard = ({ messages }: Request): Pick<Asked, 'thread' | 'ask'> => {
  const text = messages.at(-1)?.content ?? ''
  const end = /<\/conversation[^>]*>\s*/.exec(text)
  const at = end === null ? text.length : end.index + end[0].length
  return { thread: text.slice(0, at), ask: text.slice(at) }
}

const MESSAGE_OVERHEAD = 4

const DEFAULT_OUTPUT = 16_000

const inputsBy = (caches: boolean, now: () => number) => {
  const cache = automaticCache(now)
  return (request: Request, key: string): InputUsage => {
    const text = request.messages.map(({ content }) => content).join('\0')
    const scope = [key, request.model, request.prompt_cache_key ?? ''].join('\n')
    const { total, read } = cache.divide(scope, text, false, (part) => countTokens(part, 'old'))
    const cacheRead = caches ? read : 0
    const freshInput = total - cacheRead + MESSAGE_OVERHEAD * request.messages.length
    return { freshInput, cacheRead, cacheWrite5m: 0, cacheWrite30m: 0, cacheWrite1h: 0 }
  }
}

/** One endpoint as the simulator speaks it. */
export const chatDialect = (endpoint: Endpoint, now: () => number): Dialect => {
  const inputOf = inputsBy(endpoint.caches, now)

  const understand = (request: Request, key: string): Asked | Refused => {
    const model = modelIn(endpoint.models, request.model)
    if (model === undefined) return endpoint.noModel(request.model)
    const input = inputOf(request, key)
    if (input.freshInput + input.cacheRead > model.context) return endpoint.tooLong
    return {
      model,
      answering: model.id,
      stream: request.stream ?? false,
      outputLimit: request.max_completion_tokens ?? request.max_tokens ?? DEFAULT_OUTPUT,
      hidden: 0,
      wantsUsage: request.stream_options?.include_usage ?? false,
      ...heard(request),
      input,
    }
  }

  return {
    provider: 'compatible',
    isCall: (path) => path === '/v1/chat/completions',
    isList: (path) => path === '/v1/models',
    requestIdHeader: endpoint.requestIdHeader,
    keyIn: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
    accepts: endpoint.accepts,
    noKey: endpoint.noKey,
    wrongKey: endpoint.noKey,
    noSuchPath: endpoint.noSuchPath,
    read: (body, _headers, key) => {
      const flaw = endpoint.takes.safeParse(body).error?.issues[0]
      if (flaw !== undefined) return endpoint.complaint(placeOf(flaw))
      const request = Request.safeParse(body)
      return request.success ? understand(request.data, key) : endpoint.complaint('messages')
    },
    refusals: endpoint.refusals,
    frames: chatFrames(endpoint),
    list: () => ({
      object: 'list',
      data: [...endpoint.models.map(endpoint.listed), ...(endpoint.others ?? [])],
    }),
  }
}
