import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { z } from 'zod'
import type { Call, ListedModel, OpenedKey, Provider, Reasoning } from '../domain/provider.ts'
import { adapter } from './adapter.ts'
import { openaiReason } from './failures.ts'
import { countO200k } from './o200k.ts'
import { openaiReader } from './openai-events.ts'
import type { Patience } from './patience.ts'
import type { Parts, Protocol } from './stream.ts'

type Body = OpenAI.Responses.ResponseCreateParamsStreaming

/** A client for one call: nothing is retried, followed, logged or taken from the environment. */
export const clientFor = ({ secret, baseAddress }: OpenedKey, watch: Patience, totalMs: number): OpenAI =>
  new OpenAI({
    apiKey: secret,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseAddress,
    fetch: watch.fetch,
    fetchOptions: { redirect: 'error' },
    maxRetries: 0,
    timeout: totalMs,
    logLevel: 'off',
  })

const reasoningOf: Record<Reasoning, Pick<Body, 'reasoning'>> = {
  none: {},
  'disable-thinking': { reasoning: { effort: 'none' } },
  'no-effort': { reasoning: { effort: 'none' } },
  'minimal-effort': { reasoning: { effort: 'minimal' } },
  'low-effort': { reasoning: { effort: 'low' } },
}

const bodyOf = ({ model, prompt, outputLimit, reasoning, cacheKey }: Call): Body => ({
  model,
  max_output_tokens: outputLimit,
  stream: true,
  stream_options: { include_obfuscation: false },
  store: false,
  service_tier: 'default',
  prompt_cache_key: cacheKey,
  ...reasoningOf[reasoning],
  instructions: prompt.system,
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: prompt.thread },
        { type: 'input_text', text: prompt.ask },
      ],
    },
  ],
})

/** What this SDK's errors tell, and the header that names a request. */
export const errors: Pick<Protocol, 'told' | 'requestIdHeader'> = {
  requestIdHeader: 'x-request-id',
  told: (error) => {
    if (
      !(error instanceof APIError) ||
      error instanceof APIConnectionError ||
      error instanceof APIUserAbortError
    )
      return undefined
    const { status, headers, code, type, message } = error
    const reason = openaiReason({ status, code: code ?? undefined, type, says: message })
    return { status, headers, reason }
  },
}

const protocolFor = ({ totalMs }: Parts): Protocol => ({
  reader: openaiReader,
  open: async (call, watch) => {
    const client = clientFor(call.key, watch, totalMs)
    const { data, response } = await client.responses
      .create(bodyOf(call), { signal: watch.signal })
      .withResponse()
    return { events: data, response }
  },
  list: (key, watch) => readModels(clientFor(key, watch, totalMs), watch.signal),
  count: async ({ call, tokenizer }, { signal }) =>
    tokenizer === 'o200k' ? countO200k(call.prompt, signal) : undefined,
  ...errors,
})

const ListedPage = z.object({
  data: z.array(z.object({ id: z.string().min(1).max(120), shutdown_date: z.string().max(40).nullish() })),
})

const shutdownAt = (date: string | null | undefined): number | undefined => {
  const moment = Date.parse(date ?? '')
  return Number.isNaN(moment) ? undefined : moment
}

/** Asks for the raw answer: the SDK's own page takes anything for an empty list. OpenAI's list is one page. */
const readModels = async (
  client: OpenAI,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> => {
  const page = ListedPage.safeParse(await client.get<unknown>('/models', { signal }))
  return page.data?.data.map(({ id, shutdown_date }) => ({
    id,
    name: undefined,
    contextTokens: undefined,
    outputTokens: undefined,
    retiresAt: shutdownAt(shutdown_date),
  }))
}

/** OpenAI's Responses protocol by the official SDK, one client for each call. Nothing is stored there and nothing is retried. */
export const openai = (parts: Parts): Provider =>
  adapter(
    {
      name: 'openai',
      addressFor: (endpoint) => (endpoint === null ? 'https://api.openai.com/v1' : undefined),
    },
    protocolFor(parts),
    parts,
  )
