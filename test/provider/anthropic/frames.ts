import type { Usage } from '../../../shared/providers.ts'
import { type Asked, type Ending, type Frames, type Manner, remarks } from '../dialect.ts'

type Event = Readonly<Record<string, unknown>> & { readonly type: string }

const frame = (event: Event): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`

const stops: Record<Ending['stop'], string> = { end: 'end_turn', limit: 'max_tokens', refused: 'refusal' }

const inputFigures = (usage: Omit<Usage, 'output' | 'reasoning'>, { partsOver }: Manner) => ({
  input_tokens: usage.freshInput,
  cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h + Math.max(0, -partsOver),
  cache_read_input_tokens: usage.cacheRead,
  ...(partsOver === 0 ? {} : remarks),
})

const outputFigures = (usage: Usage) => ({
  output_tokens: usage.output + usage.reasoning,
  output_tokens_details: usage.reasoning === 0 ? null : { thinking_tokens: usage.reasoning },
})

const geoOf = ({ model }: Asked, { usOnly }: Manner): string => {
  if (model.geo_us_multiplier === undefined) return 'not_available'
  return usOnly ? 'us' : 'global'
}

const startFigures = (asked: Asked, manner: Manner) => ({
  ...inputFigures(asked.input, manner),
  cache_creation: {
    ephemeral_5m_input_tokens: asked.input.cacheWrite5m,
    ephemeral_1h_input_tokens: asked.input.cacheWrite1h + Math.max(0, manner.partsOver),
  },
  service_tier: manner.otherTier ? 'priority' : 'standard',
  inference_geo: geoOf(asked, manner),
  server_tool_use: null,
  speed: 'standard',
})

const stopDetails = (stop: Ending['stop']) =>
  stop === 'refused' ? { type: 'refusal', category: 'general_harms', explanation: null } : null

const thinkingFrames = (): readonly string[] => [
  frame({
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'thinking', thinking: '', signature: '' },
  }),
  frame({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'signature_delta', signature: 'c2ltdWxhdGVk' },
  }),
  frame({ type: 'content_block_stop', index: 0 }),
]

/** The events of Anthropic's Messages stream. */
export const anthropicFrames = (asked: Asked, id: string, manner: Manner): Frames => {
  const index = asked.hidden > 0 ? 1 : 0
  const message = {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: asked.answering,
    container: null,
    diagnostics: null,
  }
  const start = {
    type: 'message_start',
    message: {
      ...message,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      ...(manner.tellsUsage
        ? { usage: { ...startFigures(asked, manner), output_tokens: 1, output_tokens_details: null } }
        : {}),
    },
  }
  const block = {
    type: 'content_block_start',
    index,
    content_block: { type: 'text', text: '', citations: null },
  }
  const last = ({ stop, usage }: Ending) => ({
    type: 'message_delta',
    delta: {
      stop_reason: stops[stop],
      stop_sequence: null,
      stop_details: stopDetails(stop),
      container: null,
    },
    ...(manner.tellsUsage ? { usage: { ...inputFigures(usage, manner), ...outputFigures(usage) } } : {}),
  })
  const error = frame({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })
  const usage = (told: Usage) => ({ ...startFigures(asked, manner), ...outputFigures(told) })
  return {
    opening: [frame(start), ...(index === 1 ? thinkingFrames() : []), frame(block), frame({ type: 'ping' })],
    delta: (text) => frame({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } }),
    closing: (ending) => [
      frame({ type: 'content_block_stop', index }),
      frame(last(ending)),
      frame({ type: 'message_stop' }),
    ],
    error,
    failed: () => error,
    garbage: 'event: content_block_delta\ndata: {"type":"content_block_delta","ind\n\n',
    misshapen: () => frame({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: 7 } }),
    whole: (ending) => ({
      ...message,
      content: [{ type: 'text', text: ending.text, citations: null }],
      stop_reason: stops[ending.stop],
      stop_sequence: null,
      stop_details: stopDetails(ending.stop),
      ...(manner.tellsUsage ? { usage: usage(ending.usage) } : {}),
    }),
    usage,
  }
}
