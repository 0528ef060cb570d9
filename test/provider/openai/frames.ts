import type { Usage } from '../../../shared/providers.ts'
import { type Asked, type Ending, type Frames, type Manner, remarks } from '../dialect.ts'

const usageFigures = (usage: Usage, { partsOver }: Manner) => {
  const input = usage.freshInput + usage.cacheRead + usage.cacheWrite30m
  const output = usage.output + usage.reasoning
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cacheRead + (partsOver > 0 ? usage.freshInput + partsOver : 0),
      cache_write_tokens: usage.cacheWrite30m,
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    ...(partsOver === 0 ? {} : remarks),
    total_tokens: input + output + Math.max(0, -partsOver),
  }
}

const incomplete: Record<Ending['stop'], { reason: string } | null> = {
  end: null,
  limit: { reason: 'max_output_tokens' },
  refused: { reason: 'content_filter' },
}

/** Numbers the events of one stream. */
const numbered = () => {
  let next = 0
  return (event: Readonly<Record<string, unknown>> & { readonly type: string }): string => {
    const text = `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: next })}\n\n`
    next += 1
    return text
  }
}

const responseOf = (asked: Asked, id: string, manner: Manner) => ({
  id: `resp_${id}`,
  object: 'response',
  created_at: 1_795_000_000,
  status: 'in_progress',
  background: false,
  error: null as unknown,
  incomplete_details: null as unknown,
  instructions: null,
  max_output_tokens: asked.outputLimit,
  metadata: {},
  model: asked.answering,
  output: [] as readonly unknown[],
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  service_tier: manner.otherTier ? 'priority' : 'default',
  store: false,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  truncation: 'disabled',
  usage: null as unknown,
})

/** The events of OpenAI's Responses stream. */
export const openaiFrames = (asked: Asked, id: string, manner: Manner): Frames => {
  const frame = numbered()
  const response = responseOf(asked, id, manner)
  const itemId = `msg_${id}`
  const index = asked.hidden > 0 ? 1 : 0
  const place = { item_id: itemId, output_index: index, content_index: 0 }
  const part = (text: string) => ({ type: 'output_text', annotations: [], logprobs: [], text })
  const item = (status: string, content: readonly unknown[]) => ({
    id: itemId,
    type: 'message',
    status,
    role: 'assistant',
    content,
  })
  const thought = { id: `rs_${id}`, type: 'reasoning', summary: [] }
  const before = index === 1 ? [thought] : []
  const ended = ({ text, stop, usage }: Ending) => ({
    ...response,
    status: stop === 'end' ? 'completed' : 'incomplete',
    incomplete_details: incomplete[stop],
    output: [...before, item(stop === 'end' ? 'completed' : 'incomplete', [part(text)])],
    usage: manner.tellsUsage ? usageFigures(usage, manner) : null,
  })
  const opening = () => [
    frame({ type: 'response.created', response }),
    frame({ type: 'response.in_progress', response }),
    ...(index === 1
      ? [
          frame({ type: 'response.output_item.added', output_index: 0, item: thought }),
          frame({ type: 'response.output_item.done', output_index: 0, item: thought }),
        ]
      : []),
    frame({
      type: 'response.output_item.added',
      output_index: index,
      item: item('in_progress', []),
    }),
    frame({ type: 'response.content_part.added', ...place, part: part('') }),
  ]
  const closing = (ending: Ending) => [
    frame({ type: 'response.output_text.done', ...place, logprobs: [], text: ending.text }),
    frame({ type: 'response.content_part.done', ...place, part: part(ending.text) }),
    frame({
      type: 'response.output_item.done',
      output_index: index,
      item: item('completed', [part(ending.text)]),
    }),
    frame({
      type: ending.stop === 'end' ? 'response.completed' : 'response.incomplete',
      response: ended(ending),
    }),
  ]
  return {
    opening: opening(),
    delta: (text) => frame({ type: 'response.output_text.delta', ...place, delta: text, logprobs: [] }),
    closing,
    error:
      'event: error\ndata: {"type":"error","code":"server_error","message":"The server had an error while processing your request.","param":null,"sequence_number":9}\n\n',
    failed: () =>
      frame({
        type: 'response.failed',
        response: {
          ...response,
          status: 'failed',
          error: { code: 'server_error', message: 'The model failed to answer.' },
        },
      }),
    garbage: 'event: response.output_text.delta\ndata: {"type":"response.output_text.del\n\n',
    misshapen: () => frame({ type: 'response.output_text.delta', ...place, delta: 7, logprobs: [] }),
    whole: ended,
    usage: (usage) => usageFigures(usage, manner),
  }
}
