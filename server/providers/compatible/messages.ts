import type Anthropic from '@anthropic-ai/sdk'
import type { Call } from '../../domain/provider.ts'
import { clientFor, errors } from '../anthropic.ts'
import { anthropicReader } from '../anthropic-events.ts'
import type { Parts, Protocol } from '../stream.ts'
import { listOf } from './listed.ts'

/** The version of the protocol that everybody knows who speaks it; Anthropic's own SDK asks for the newest. */
const asEverybody = { 'anthropic-version': '2023-06-01' }

/** The most that one page of Anthropic's list may hold; others have one page and pass the limit over. */
const PAGE_SIZE = 1_000

const cached = { cache_control: { type: 'ephemeral' } } as const

/** What every endpoint takes: neither a tier nor a time that the cache is to live. */
const bodyOf = ({ model, prompt, outputLimit }: Call): Anthropic.MessageCreateParamsStreaming => ({
  model,
  max_tokens: outputLimit,
  stream: true,
  system: [{ type: 'text', text: prompt.system, ...cached }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: prompt.thread, ...cached },
        { type: 'text', text: prompt.ask },
      ],
    },
  ],
})

/** Anthropic's Messages at another address than Anthropic's. Nothing is retried. */
export const messagesProtocol = ({ totalMs }: Pick<Parts, 'totalMs'>): Protocol => ({
  reader: () => anthropicReader('5m'),
  open: async (call, watch) => {
    const { data, response } = await clientFor(call.key, watch, totalMs)
      .post<AsyncIterable<unknown>>('/v1/messages', {
        body: bodyOf(call),
        headers: asEverybody,
        stream: true,
        signal: watch.signal,
      })
      .withResponse()
    return { events: data, response }
  },
  list: (key, watch) =>
    listOf(() =>
      clientFor(key, watch, totalMs).get<unknown>('/v1/models', {
        query: { limit: PAGE_SIZE },
        headers: asEverybody,
        signal: watch.signal,
      }),
    ),
  count: async () => undefined,
  ...errors,
})
