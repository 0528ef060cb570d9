import { z } from 'zod'
import { type Asked, type Dialect, type InputUsage, placeOf } from '../dialect.ts'
import { type Block, markedCache } from '../money/cache.ts'
import { endsAt, findModel, isGone, type Model, modelsOf } from '../money/catalogue.ts'
import { countTokens } from '../money/tokens.ts'
import { alwaysThinks, hiddenTokens, takesEffort } from '../reasoning.ts'
import type { Refused } from '../refusals.ts'
import { anthropicFrames } from './frames.ts'
import { anthropicError, anthropicRefusals } from './refusals.ts'

const CacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
const Text = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: CacheControl.nullish(),
})
const Content = z.union([z.string(), z.array(Text).min(1)])
const Request = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: Content })).min(1),
  system: Content.optional(),
  stream: z.boolean().optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  stop_sequences: z.array(z.string()).optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  thinking: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('disabled') }),
      z.strictObject({ type: z.literal('adaptive'), display: z.string().nullish() }),
      z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1_024) }),
    ])
    .optional(),
  output_config: z
    .strictObject({ effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish() })
    .optional(),
  inference_geo: z.enum(['us', 'global']).nullish(),
})
type Request = z.infer<typeof Request>

/** What may be counted: the same request without what has no part in its input. */
const Countable = Request.omit({
  max_tokens: true,
  stream: true,
  service_tier: true,
  stop_sequences: true,
  metadata: true,
  inference_geo: true,
})

const refuse = (message: string): Refused => anthropicError(400, 'invalid_request_error', message)

const noVersion = refuse('anthropic-version: header is required')

const complaint = ({ issues }: z.ZodError): Refused => {
  const issue = issues[0]
  if (issue === undefined) return refuse('Invalid request')
  if (issue.code === 'unrecognized_keys') return refuse(`${placeOf(issue)}: Extra inputs are not permitted`)
  const missing = issue.code === 'invalid_type' && issue.message.includes('undefined')
  return refuse(`${placeOf(issue)}: ${missing ? 'Field required' : 'Input should be valid'}`)
}

type Content = z.infer<typeof Content>

const blocksOf = (content: Content | undefined): readonly Block[] => {
  if (content === undefined) return []
  if (typeof content === 'string') return [{ text: content }]
  return content.map(({ text, cache_control }) => ({
    text,
    keep: cache_control ? (cache_control.ttl ?? '5m') : undefined,
  }))
}

const promptOf = ({ system, messages }: Request): readonly Block[] => [
  ...blocksOf(system),
  ...messages.flatMap(({ content }) => blocksOf(content)),
]

const MAX_MARKS = 4

const flawOf = (request: Request, model: Model): string | undefined => {
  const blocks = promptOf(request)
  const marks = blocks.flatMap(({ keep }) => (keep === undefined ? [] : [keep]))
  if (blocks.some(({ text }) => text.trim() === '')) return 'messages: text content blocks must be non-empty'
  if (marks.length > MAX_MARKS) return 'A maximum of 4 blocks with cache_control may be provided.'
  if (marks.lastIndexOf('1h') > marks.indexOf('5m') && marks.includes('5m')) {
    return 'a ttl=‘1h’ cache_control block must not come after a ttl=‘5m’ cache_control block'
  }
  if (request.max_tokens > model.max_output) {
    return `max_tokens: ${request.max_tokens} > ${model.max_output}, which is the maximum allowed number of output tokens for ${model.id}`
  }
  if (request.thinking?.type === 'disabled' && alwaysThinks(model.id)) {
    return '"thinking.type.disabled" is not supported for this model.'
  }
  const effort = request.output_config?.effort
  if (effort && !takesEffort(model.id, effort)) return 'This model does not support the effort parameter.'
  return undefined
}

const MESSAGE_OVERHEAD = 4
const REQUEST_OVERHEAD = 8

const overheadOf = ({ messages }: Pick<Request, 'messages'>): number =>
  REQUEST_OVERHEAD + MESSAGE_OVERHEAD * messages.length

/** How far a count is below the bill, in hundredths of it. */
const COUNTED_SHORT = 4

const countOf = (request: Request, model: Model): number => {
  const texts = promptOf(request).map(({ text }) => countTokens(text, model.tokenizer))
  const billed = texts.reduce((sum, tokens) => sum + tokens, overheadOf(request))
  return Math.floor((billed * (100 - COUNTED_SHORT)) / 100)
}

const inputTotal = (input: InputUsage): number =>
  input.freshInput + input.cacheRead + input.cacheWrite5m + input.cacheWrite1h

const lastTexts = ({ messages }: Request): { thread: string; ask: string } => {
  const texts = blocksOf(messages.at(-1)?.content).map(({ text }) => text)
  return { thread: texts.slice(0, -1).join('\n\n') || (texts[0] ?? ''), ask: texts.at(-1) ?? '' }
}

const lifecycleOf = (model: Model, now: number): string => {
  if (isGone(model, now)) return 'retired'
  return endsAt(model) === undefined ? 'active' : 'deprecated'
}

const instant = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null)

const listed = (model: Model, now: number) => ({
  type: 'model',
  id: model.id,
  display_name: model.name,
  created_at: '2025-01-01T00:00:00Z',
  lifecycle: lifecycleOf(model, now),
  deprecated_at: endsAt(model) === undefined ? null : '2026-09-01T00:00:00Z',
  retires_at: instant(endsAt(model)),
  line: /claude-(?:\d-\d-|\d-)?(opus|sonnet|haiku|fable)/.exec(model.id)?.[1] ?? null,
  max_input_tokens: model.context,
  max_tokens: model.max_output,
  capabilities: null,
})

const pageOf = (models: readonly Model[], query: URLSearchParams, now: number) => {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 20) || 20, 1), 1_000)
  const after = models.findIndex(({ id }) => id === query.get('after_id')) + 1
  const page = models.slice(after, after + limit)
  return {
    data: page.map((model) => listed(model, now)),
    has_more: after + limit < models.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  }
}

/** Anthropic's Messages and Models. Its memory is the prompt cache. */
export const anthropicDialect = (now: () => number): Dialect => {
  const cache = markedCache(now)

  const inputFor = (request: Request, model: Model, key: string): InputUsage => {
    const scope = `${key}\n${model.id}`
    const split = cache.divide(scope, promptOf(request), model.min_cacheable, model.tokenizer)
    return {
      freshInput: split.fresh + overheadOf(request),
      cacheRead: split.read,
      cacheWrite5m: split.written5m,
      cacheWrite30m: 0,
      cacheWrite1h: split.written1h,
    }
  }

  const modelFor = (request: Request): Model | Refused => {
    const model = findModel('anthropic', request.model, now())
    if (model === undefined) return anthropicError(404, 'not_found_error', `model: ${request.model}`)
    const flaw = flawOf(request, model)
    return flaw === undefined ? model : refuse(flaw)
  }

  const understand = (request: Request, key: string): Asked | Refused => {
    const model = modelFor(request)
    if (!('id' in model)) return model
    const input = inputFor(request, model, key)
    const total = inputTotal(input)
    if (total > model.context) return refuse(`prompt is too long: ${total} tokens > ${model.context} maximum`)
    const { effort } = request.output_config ?? {}
    return {
      model,
      answering: model.id,
      stream: request.stream ?? false,
      outputLimit: request.max_tokens,
      hidden: hiddenTokens(model.id, effort ?? undefined, request.thinking?.type === 'disabled'),
      ...lastTexts(request),
      input,
    }
  }

  return {
    provider: 'anthropic',
    isCall: (path) => path === '/v1/messages',
    requestIdHeader: 'request-id',
    keyIn: (headers) => {
      const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
      const header = headers['x-api-key']
      return bearer ?? (typeof header === 'string' ? header : undefined)
    },
    accepts: (key) => /^sk-ant-sim-[\w-]+$/.test(key) && key.length >= 20,
    noKey: anthropicError(401, 'authentication_error', 'x-api-key header is required'),
    wrongKey: anthropicError(401, 'authentication_error', 'invalid x-api-key'),
    noSuchPath: anthropicError(404, 'not_found_error', 'Not found'),
    read: (body, headers, key) => {
      if (headers['anthropic-version'] === undefined) return noVersion
      const parsed = Request.safeParse(body)
      return parsed.success ? understand(parsed.data, key) : complaint(parsed.error)
    },
    counting: {
      path: '/v1/messages/count_tokens',
      count: (body, headers) => {
        if (headers['anthropic-version'] === undefined) return noVersion
        const parsed = Countable.safeParse(body)
        if (!parsed.success) return complaint(parsed.error)
        const request = { ...parsed.data, max_tokens: 1 }
        const model = modelFor(request)
        return 'id' in model ? countOf(request, model) : model
      },
    },
    refusals: anthropicRefusals,
    frames: anthropicFrames,
    isList: (path) => path === '/v1/models',
    list: (query) => pageOf(modelsOf('anthropic'), query, now()),
  }
}
