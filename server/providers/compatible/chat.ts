import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { Call } from '../../domain/provider.ts'
import { compatibleReason } from '../failures.ts'
import { clientFor } from '../openai.ts'
import type { Patience } from '../patience.ts'
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

const Complaint = z.looseObject({ error: z.undefined().optional() })

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Mistral and others write an error at the top of the answer. The SDK reads only what is in `error`, so it is put there. */
const withErrorWithin =
  (ask: typeof fetch): typeof fetch =>
  async (input, init) => {
    const answer = await ask(input, init)
    if (answer.ok) return answer
    const text = await answer.text()
    const complaint = Complaint.safeParse(jsonIn(text))
    return new Response(complaint.success ? JSON.stringify({ error: complaint.data }) : text, answer)
  }

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
export const chatProtocol = (dialect: ChatDialect, { totalMs }: Pick<Parts, 'totalMs'>): Protocol => {
  const clientOf = (key: Call['key'], watch: Patience) =>
    clientFor(key, { ...watch, fetch: withErrorWithin(watch.fetch) }, totalMs)
  return {
    reader: () => chatReader(dialect),
    open: async (call, watch) => {
      const { data, response } = await clientOf(call.key, watch)
        .chat.completions.create(bodyOf(dialect, call), { signal: watch.signal })
        .withResponse()
      return { events: data, response }
    },
    list: (key, watch) =>
      listOf(() => clientOf(key, watch).get<unknown>('/models', { signal: watch.signal })),
    count: async () => undefined,
    told,
    requestIdHeader: dialect.requestIdHeader,
  }
}
