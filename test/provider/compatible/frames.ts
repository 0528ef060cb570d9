import type { Usage } from '../../../shared/providers.ts'
import { type Asked, type Ending, type Frames, type Manner, remarks } from '../dialect.ts'

/**
 * When an endpoint tells usage. `asked`: in a chunk of its own after the last one, if the request says so. `last`: in the last chunk, unasked.
 * `always`: a running count in every chunk, unasked.
 */
export type Telling = 'asked' | 'last' | 'always'

/** How the chunks of an endpoint differ from those of others. */
export type Chunking = {
  readonly telling: Telling
  readonly tiers: boolean
  /** How it writes an error in the middle of a stream. */
  readonly error: unknown
}

const usageFigures = (usage: Usage, { partsOver }: Manner) => {
  const input = usage.freshInput + usage.cacheRead
  const output = usage.output + usage.reasoning
  const cached = usage.cacheRead + (partsOver > 0 ? usage.freshInput + partsOver : 0)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output + Math.max(0, -partsOver),
    ...(cached > 0 ? { prompt_tokens_details: { cached_tokens: cached } } : {}),
    ...(partsOver === 0 ? {} : remarks),
  }
}

const finishReasons: Record<Ending['stop'], string> = {
  end: 'stop',
  limit: 'length',
  refused: 'content_filter',
}

const data = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`

const DONE = 'data: [DONE]\n\n'

/** The chunks of a Chat Completions stream. */
export const chatFrames =
  ({ telling, tiers, error }: Chunking) =>
  (asked: Asked, id: string, manner: Manner): Frames => {
    const figures = (usage: Usage) => usageFigures(usage, manner)
    const about = {
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: 1_795_000_000,
      model: asked.answering,
      ...(tiers ? { service_tier: manner.otherTier ? 'priority' : 'default' } : {}),
    }
    const told = manner.tellsUsage && (telling !== 'asked' || asked.wantsUsage === true)
    let pieces = 0
    const running = () => {
      pieces += 1
      if (telling !== 'always' || !told) return {}
      return { usage: { prompt_tokens: 1, completion_tokens: pieces, total_tokens: 1 + pieces } }
    }
    const chunk = (delta: unknown, more: object = {}) =>
      data({ ...about, choices: [{ index: 0, delta, finish_reason: null }], ...running(), ...more })
    const last = (reason: string, more: object = {}) =>
      data({ ...about, choices: [{ index: 0, delta: { content: '' }, finish_reason: reason }], ...more })
    const closing = ({ stop, usage }: Ending): string[] => {
      const reason = finishReasons[stop]
      if (!told) return [last(reason), DONE]
      if (telling !== 'asked') return [last(reason, { usage: figures(usage) }), DONE]
      return [last(reason), data({ ...about, choices: [], usage: figures(usage) }), DONE]
    }
    return {
      opening: [chunk({ role: 'assistant', content: '' })],
      delta: (text) => chunk({ content: text }),
      closing,
      error: data(error),
      failed: () => last('error'),
      garbage: `data: {"id":"chatcmpl-${id}","object":"chat.completion.ch\n\n`,
      misshapen: () => chunk({ content: 7 }),
      whole: ({ text, stop, usage }) => ({
        ...about,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: text, refusal: null },
            logprobs: null,
            finish_reason: finishReasons[stop],
          },
        ],
        ...(manner.tellsUsage ? { usage: figures(usage) } : {}),
      }),
      usage: figures,
    }
  }
