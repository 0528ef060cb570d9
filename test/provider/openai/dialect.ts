import { z } from 'zod'
import { type Asked, type Dialect, type InputUsage, placeOf } from '../dialect.ts'
import { automaticCache } from '../money/cache.ts'
import { datedId, endsAt, findModel, isGone, type Model, modelsOf } from '../money/catalogue.ts'
import { type Count, o200kCount } from '../money/tokens.ts'
import { hiddenTokens, takesAnyEffort, takesEffort } from '../reasoning.ts'
import type { Refused } from '../refusals.ts'
import { openaiFrames } from './frames.ts'
import { openaiError, openaiRefusals } from './refusals.ts'

const InputText = z.strictObject({ type: z.literal('input_text'), text: z.string() })
const Message = z.strictObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(InputText).min(1)]),
})
const Request = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(Message).min(1)]),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_obfuscation: z.boolean().optional() }).nullish(),
  store: z.boolean().nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'priority']).nullish(),
  prompt_cache_key: z.string().max(64).nullish(),
  safety_identifier: z.string().max(64).optional(),
  metadata: z.record(z.string(), z.string()).nullish(),
  reasoning: z.strictObject({ effort: z.string().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
})
type Request = z.infer<typeof Request>

const refuse = (code: string | null, message: string, param: string | null): Refused =>
  openaiError(400, 'invalid_request_error', code, message, param)

const complaint = ({ issues }: z.ZodError): Refused => {
  const issue = issues[0]
  if (issue === undefined) return refuse(null, 'Invalid request', null)
  const place = placeOf(issue)
  if (issue.code === 'unrecognized_keys')
    return refuse('unknown_parameter', `Unknown parameter: '${place}'.`, place)
  const missing = issue.code === 'invalid_type' && issue.message.includes('undefined')
  return missing
    ? refuse('missing_required_parameter', `Missing required parameter: '${place}'.`, place)
    : refuse('invalid_type', `Invalid type for '${place}'.`, place)
}

const LEAST_OUTPUT = 16

const effortFlaw = ({ reasoning, model }: Request): Refused | undefined => {
  const effort = reasoning?.effort
  if (!effort || takesEffort(model, effort)) return undefined
  return takesAnyEffort(model)
    ? refuse(
        'unsupported_value',
        `Unsupported value: 'reasoning.effort' does not support '${effort}' with this model.`,
        'reasoning.effort',
      )
    : refuse(
        'unsupported_parameter',
        "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
        'reasoning.effort',
      )
}

const flawOf = (request: Request, model: Model): Refused | undefined => {
  const limit = request.max_output_tokens
  if (limit && limit < LEAST_OUTPUT) {
    return refuse(
      'integer_below_min_value',
      `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${LEAST_OUTPUT}, but got ${limit} instead.`,
      'max_output_tokens',
    )
  }
  if (limit && limit > model.max_output) {
    return refuse(
      'integer_above_max_value',
      `Invalid 'max_output_tokens': integer above maximum value. Expected a value <= ${model.max_output}, but got ${limit} instead.`,
      'max_output_tokens',
    )
  }
  if (typeof request.temperature === 'number' && takesAnyEffort(request.model)) {
    return refuse(
      'unsupported_parameter',
      "Unsupported parameter: 'temperature' is not supported with this model.",
      'temperature',
    )
  }
  return effortFlaw(request)
}

const textsOf = ({ input }: Request): readonly string[] => {
  if (typeof input === 'string') return [input]
  return input.flatMap(({ content }) =>
    typeof content === 'string' ? [content] : content.map(({ text }) => text),
  )
}

const MESSAGE_OVERHEAD = 4
const REQUEST_OVERHEAD = 6

/** Models that the list names and that cannot draft. */
const otherModels = ['text-embedding-3-small', 'whisper-1', 'gpt-image-1', 'omni-moderation-latest']

const day = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString().slice(0, 10)

const listedModel = (id: string, shutdown: number | undefined) => ({
  id,
  object: 'model',
  created: 1_735_689_600,
  owned_by: 'system',
  shutdown_date: day(shutdown),
})

const listing = (now: number) => {
  const living = modelsOf('openai').filter((model) => !isGone(model, now))
  const listed = living.flatMap((model) =>
    [model.id, ...model.aliases].map((id) => listedModel(id, endsAt(model))),
  )
  return { object: 'list', data: [...listed, ...otherModels.map((id) => listedModel(id, undefined))] }
}

/** OpenAI's Responses and Models. Its memory is the prompt cache. */
export const openaiDialect = (now: () => number): Dialect => {
  const cache = automaticCache(now)

  const inputFor = (request: Request, model: Model, key: string, count: Count): InputUsage => {
    const scope = [key, model.id, request.prompt_cache_key ?? ''].join('\n')
    const text = [request.instructions ?? '', ...textsOf(request)].join('\0')
    const billsWrites = typeof model.cache_write === 'number'
    const { total, read, written } = cache.divide(scope, text, billsWrites, count)
    const messages = typeof request.input === 'string' ? 1 : request.input.length
    return {
      freshInput: total - read - written + REQUEST_OVERHEAD + MESSAGE_OVERHEAD * messages,
      cacheRead: read,
      cacheWrite5m: 0,
      cacheWrite30m: written,
      cacheWrite1h: 0,
    }
  }

  const understand = (request: Request, key: string, count: Count): Asked | Refused => {
    const model = findModel('openai', request.model, now())
    if (model === undefined) {
      const message = `The model \`${request.model}\` does not exist or you do not have access to it.`
      return openaiError(404, 'invalid_request_error', 'model_not_found', message)
    }
    const flaw = flawOf(request, model)
    if (flaw !== undefined) return flaw
    const input = inputFor(request, model, key, count)
    if (input.freshInput + input.cacheRead + input.cacheWrite30m > model.context) {
      return refuse(
        'context_length_exceeded',
        'Your input exceeds the context window of this model.',
        'input',
      )
    }
    const texts = textsOf(request)
    return {
      model,
      answering: datedId(model, request.model),
      stream: request.stream ?? false,
      outputLimit: request.max_output_tokens ?? model.max_output,
      hidden: hiddenTokens(model.id, request.reasoning?.effort ?? undefined, false),
      thread: texts.slice(0, -1).join('\n\n') || (texts[0] ?? ''),
      ask: texts.at(-1) ?? '',
      input,
    }
  }

  return {
    provider: 'openai',
    isCall: (path) => path === '/v1/responses',
    requestIdHeader: 'x-request-id',
    keyIn: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
    accepts: (key) => /^sk-sim-[\w-]+$/.test(key) && key.length >= 20,
    noKey: openaiError(401, 'invalid_request_error', null, "You didn't provide an API key."),
    wrongKey: openaiError(
      401,
      'invalid_request_error',
      'invalid_api_key',
      'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
    ),
    noSuchPath: openaiError(404, 'invalid_request_error', null, 'Invalid URL'),
    read: async (body, _headers, key) => {
      const parsed = Request.safeParse(body)
      return parsed.success ? understand(parsed.data, key, await o200kCount()) : complaint(parsed.error)
    },
    refusals: openaiRefusals,
    frames: openaiFrames,
    isList: (path) => path === '/v1/models',
    list: () => listing(now()),
  }
}
