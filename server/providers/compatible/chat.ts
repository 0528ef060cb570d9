import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { Call } from '../../domain/provider.ts'
import { compatibleReason } from '../failures.ts'
import { clientFor } from '../openai.ts'
import type { Parts, Protocol } from '../stream.ts'
import { chatReader } from './chat-events.ts'
import type { ChatDialect } from './dialects.ts'
import { listOf } from './listed.ts'

const bodyOf = ({ parameters }: ChatDialect, call: Call): ChatCompletionCreateParamsStreaming => ({
  model: call.model,
  stream: true,
  messages: [
    { role: 'system', content: call.prompt.system },
    { role: 'user', content: `${call.prompt.thread}\n\n${call.prompt.ask}` },
  ],
  ...parameters(call),
})

const HttpStatus = z.int().min(400).max(599)

/** What the SDK's errors tell. Some endpoints give the status of an error in the middle of a stream as its code. */
const told: Protocol['told'] = (error) => {
  if (
    !(error instanceof APIError) ||
    error instanceof APIConnectionError ||
    error instanceof APIUserAbortError
  )
    return undefined
  const { status, headers, code, type, message } = error
  const complaint = {
    status: status ?? HttpStatus.safeParse(code).data,
    code: code ?? undefined,
    type: type ?? (status === undefined ? 'error' : undefined),
    says: message,
  }
  return { status, headers, reason: compatibleReason(complaint) }
}

/** Chat Completions by the official SDK of OpenAI, in one dialect. Nothing is stored there and nothing is retried. */
export const chatProtocol = (dialect: ChatDialect, { totalMs }: Pick<Parts, 'totalMs'>): Protocol => ({
  reader: () => chatReader(dialect),
  open: async (call, watch) => {
    const { data, response } = await clientFor(call.key, watch, totalMs)
      .chat.completions.create(bodyOf(dialect, call), { signal: watch.signal })
      .withResponse()
    return { events: data, response }
  },
  list: (key, watch) =>
    listOf(() => clientFor(key, watch, totalMs).get<unknown>('/models', { signal: watch.signal })),
  count: async () => undefined,
  told,
  requestIdHeader: dialect.requestIdHeader,
})
