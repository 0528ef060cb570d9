import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'
import { z } from 'zod'
import type { Usage } from '../../../shared/providers.ts'
import { anthropicFrames } from '../anthropic/frames.ts'
import type { Asked, Ending, Frame, Frames, Manner } from '../dialect.ts'

const codec = new EventStreamCodec(toUtf8, fromUtf8)

const textHeaders = (headers: Readonly<Record<string, string>>): MessageHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`:${name}`, { type: 'string', value }] as const),
  )

const message = (headers: Readonly<Record<string, string>>, body: unknown): Uint8Array =>
  codec.encode({ headers: textHeaders(headers), body: fromUtf8(JSON.stringify(body)) })

/** What hides the length of an event from those who watch the line. */
const padding = (length: number): string =>
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, length % 52)

/** A part of the answer as AWS's event stream carries it. */
export const chunk = (payload: string): Uint8Array =>
  message(
    { 'event-type': 'chunk', 'content-type': 'application/json', 'message-type': 'event' },
    { bytes: Buffer.from(payload).toString('base64'), p: padding(payload.length) },
  )

/** An exception in the middle of a stream. */
export const exception = (name: string, text: string): Uint8Array =>
  message(
    { 'exception-type': name, 'content-type': 'application/json', 'message-type': 'exception' },
    { message: text },
  )

const Event = z.record(z.string(), z.unknown())
type Event = z.infer<typeof Event>

const eventIn = (frame: Frame): Event => Event.parse(JSON.parse(String(frame).split('\ndata: ')[1] ?? ''))

const inner = (event: Event, name: string): Event => Event.parse(event[name])

/** Bedrock tells neither tier nor place, and may leave out how long a cache write lives. */
const usageOn = ({ withoutSplit }: Manner, usage: Event): Event => {
  const {
    service_tier: _tier,
    inference_geo: _geo,
    speed: _speed,
    server_tool_use: _tools,
    cache_creation: split,
    ...told
  } = usage
  return withoutSplit ? told : { ...told, ...(split === undefined ? {} : { cache_creation: split }) }
}

const startOn = (manner: Manner, event: Event): Event => {
  const told = inner(event, 'message')
  if (told.usage === undefined) return event
  return { ...event, message: { ...told, usage: usageOn(manner, inner(told, 'usage')) } }
}

const metricsOf = (usage: Usage, { metricsOver }: Manner) => ({
  inputTokenCount: usage.freshInput,
  outputTokenCount: usage.output + usage.reasoning + metricsOver,
  invocationLatency: 1_812,
  firstByteLatency: 503,
  cacheReadInputTokenCount: usage.cacheRead,
  cacheWriteInputTokenCount: usage.cacheWrite5m + usage.cacheWrite1h,
})

/** The events of Anthropic's stream in AWS's event stream, with Bedrock's own counts at the end. */
export const bedrockFrames = (asked: Asked, id: string, manner: Manner): Frames => {
  const claude = anthropicFrames(asked, `bdrk_${id}`, manner)
  const sent = (event: Event): Uint8Array => chunk(JSON.stringify(event))
  const last = (event: Event, { usage }: Ending): Event =>
    event.type === 'message_stop' && manner.tellsUsage
      ? { ...event, 'amazon-bedrock-invocationMetrics': metricsOf(usage, manner) }
      : event
  const broken = Uint8Array.from(chunk('{"type":"ping"}'))
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 0xff
  return {
    streamType: 'application/vnd.amazon.eventstream',
    opening: claude.opening
      .map(eventIn)
      .map((event) => sent(event.type === 'message_start' ? startOn(manner, event) : event)),
    delta: (text) => sent(eventIn(claude.delta(text))),
    closing: (ending) => claude.closing(ending).map((frame) => sent(last(eventIn(frame), ending))),
    error: exception('throttlingException', 'Too many tokens, please wait before trying again.'),
    failed: () =>
      exception('modelStreamErrorException', 'The model returned an error while it was streaming.'),
    garbage: broken,
    misshapen: () => sent(eventIn(claude.misshapen())),
    whole: claude.whole,
    usage: claude.usage,
  }
}
