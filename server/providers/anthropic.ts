import Anthropic, { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk'
import { z } from 'zod'
import type { Call, ListedModel, OpenedKey, Provider, Reasoning } from '../domain/provider.ts'
import { adapter } from './adapter.ts'
import { anthropicReader } from './anthropic-events.ts'
import { withRoom } from './counting.ts'
import { anthropicReason } from './failures.ts'
import type { Patience } from './patience.ts'
import type { Parts, Protocol } from './stream.ts'

type Body = Anthropic.MessageCreateParamsStreaming

/** A client for one call: nothing is retried, followed, logged or taken from the environment. */
export const clientFor = ({ secret, baseAddress }: OpenedKey, watch: Patience, totalMs: number): Anthropic =>
  new Anthropic({
    apiKey: secret,
    authToken: null,
    webhookKey: null,
    baseURL: baseAddress,
    fetch: watch.fetch,
    fetchOptions: { redirect: 'error' },
    maxRetries: 0,
    timeout: totalMs,
    logLevel: 'off',
    openTelemetry: false,
  })

const reasoningOf: Record<Reasoning, Pick<Body, 'thinking' | 'output_config'>> = {
  none: {},
  'disable-thinking': { thinking: { type: 'disabled' } },
  'no-effort': { thinking: { type: 'disabled' } },
  'minimal-effort': { output_config: { effort: 'low' } },
  'low-effort': { output_config: { effort: 'low' } },
}

/** What a call sends. `systemLife`: how long its system prompt is to be cached. */
export const bodyOf = (
  { model, prompt, outputLimit, reasoning }: Call,
  systemLife: '5m' | '1h' = '1h',
): Body => ({
  model,
  max_tokens: outputLimit,
  stream: true,
  service_tier: 'standard_only',
  ...reasoningOf[reasoning],
  system: [{ type: 'text', text: prompt.system, cache_control: { type: 'ephemeral', ttl: systemLife } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: prompt.thread, cache_control: { type: 'ephemeral', ttl: '5m' } },
        { type: 'text', text: prompt.ask },
      ],
    },
  ],
})

/** What this SDK's errors tell, and the header that names a request. */
export const errors: Pick<Protocol, 'told' | 'requestIdHeader'> = {
  requestIdHeader: 'request-id',
  told: (error) => {
    if (
      !(error instanceof APIError) ||
      error instanceof APIConnectionError ||
      error instanceof APIUserAbortError
    )
      return undefined
    const { status, headers, type, errorCode, message } = error
    const reason = anthropicReason({
      status,
      code: errorCode ?? undefined,
      type: type ?? undefined,
      says: message,
    })
    return { status, headers, reason }
  },
}

/** Anthropic's Messages protocol. Posts the body itself: `messages.create` writes to the console about every model that is near its end. */
export const protocolFor = ({ totalMs }: Pick<Parts, 'totalMs'>): Protocol => ({
  reader: anthropicReader,
  open: async (call, watch) => {
    const client = clientFor(call.key, watch, totalMs)
    const { data, response } = await client
      .post<AsyncIterable<unknown>>('/v1/messages', {
        body: bodyOf(call),
        stream: true,
        signal: watch.signal,
      })
      .withResponse()
    return { events: data, response }
  },
  list: (key, watch) => readModels(clientFor(key, watch, totalMs), watch.signal),
  count: ({ call }, watch) => countTokens(clientFor(call.key, watch, totalMs), call, watch.signal),
  ...errors,
})

/** The provider calls its count an estimate, which may be a little off. */
const HUNDREDTHS = 105
const TOKENS_PER_REQUEST = 64

const Counted = z.object({ input_tokens: z.int().positive() })

const countTokens = async (
  client: Anthropic,
  call: Call,
  signal: AbortSignal,
): Promise<number | undefined> => {
  const { max_tokens: _limit, stream: _stream, service_tier: _tier, ...counted } = bodyOf(call)
  const answer = Counted.safeParse(await client.messages.countTokens(counted, { signal }))
  return answer.data && withRoom(answer.data.input_tokens, HUNDREDTHS, TOKENS_PER_REQUEST)
}

const ListedPage = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1).max(120),
      display_name: z.string().max(120).nullish(),
      lifecycle: z.string().nullish(),
      retires_at: z.iso.datetime({ offset: true }).nullish(),
      max_input_tokens: z.int().nullish(),
      max_tokens: z.int().nullish(),
    }),
  ),
  has_more: z.boolean().nullish(),
  last_id: z.string().max(120).nullish(),
})

type Listed = z.infer<typeof ListedPage>['data'][number]

const isAlive = ({ lifecycle }: Listed): boolean => lifecycle !== 'retired'

const modelOf = (listed: Listed): ListedModel => ({
  id: listed.id,
  name: listed.display_name ?? undefined,
  contextTokens: listed.max_input_tokens ?? undefined,
  outputTokens: listed.max_tokens ?? undefined,
  retiresAt: listed.retires_at ? Date.parse(listed.retires_at) : undefined,
})

/** The most that one page may hold; no account can name more models than these pages do. */
const PAGE_SIZE = 1_000
const MAX_PAGES = 20

/** Asks for the raw answer: the SDK's own page takes anything for an empty list. */
const readModels = async (
  client: Anthropic,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> => {
  const models: ListedModel[] = []
  let after: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after_id: after }) }
    const page = ListedPage.safeParse(await client.get<unknown>('/v1/models', { query, signal }))
    if (!page.success) return undefined
    models.push(...page.data.data.filter(isAlive).map(modelOf))
    after = page.data.last_id ?? undefined
    if (!page.data.has_more || after === undefined) break
  }
  return models
}

/** Anthropic's Messages protocol by the official SDK, one client for each call. Nothing is retried. */
export const anthropic = (parts: Parts): Provider =>
  adapter(
    {
      name: 'anthropic',
      addressFor: (endpoint) => (endpoint === null ? 'https://api.anthropic.com' : undefined),
    },
    protocolFor(parts),
    parts,
  )
