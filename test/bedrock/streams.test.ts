import { describe, expect, test } from 'vitest'
import { chunk, exception } from '../provider/bedrock/frames.ts'
import { bedrockSubject as subject } from '../provider/bedrock/subject.ts'
import {
  CANARY,
  everythingIn,
  failureOf,
  finishOf,
  heard,
  listening,
  never,
  promptWith,
  providerOf,
  textOf,
} from '../provider/contract/subject.ts'

/** A call that is answered by exactly these bytes. */
const streamed = async (bytes: readonly Uint8Array[], contentType = 'application/vnd.amazon.eventstream') => {
  const { address, close } = await listening((request, answer) => {
    request.resume()
    answer.writeHead(200, { 'content-type': contentType })
    for (const piece of bytes) answer.write(piece)
    answer.end()
  })
  const key = { secret: subject.key, baseAddress: address, endpoint: subject.endpoint?.(address) ?? null }
  const call = {
    key,
    model: subject.model,
    prompt: promptWith(CANARY),
    outputLimit: 800,
    cacheKey: 'w',
  } as const
  const events = await heard(providerOf(subject).call({ ...call, reasoning: 'none' }, never))
  close()
  expect(everythingIn(failureOf(events))).not.toContain(CANARY)
  return events
}

/** An answer as Bedrock documents it: the model's events as base64 in chunks, with padding, and Bedrock's counts in the last. */
const recorded = {
  start:
    '{"type":"message_start","message":{"model":"claude-haiku-4-5-20251001","id":"msg_bdrk_01Xk","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":25037,"cache_read_input_tokens":0,"output_tokens":2}}}',
  block: '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
  text: `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello — ${CANARY}"}}`,
  last: '{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":13}}',
  stop: '{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":3,"outputTokenCount":13,"invocationLatency":3037,"firstByteLatency":2635,"cacheReadInputTokenCount":0,"cacheWriteInputTokenCount":25037}}',
}
const begun = [recorded.start, recorded.block, recorded.text].map(chunk)
const whole = [...begun, ...[recorded.last, recorded.stop].map(chunk)]

/** The same message with one of its bytes changed. */
const changed = (message: Uint8Array, at: number): Uint8Array => {
  const other = Uint8Array.from(message)
  other[at] = (other[at] ?? 0) ^ 0xff
  return other
}

const CHECKSUM = 8

describe('an answer in AWS’s event stream', () => {
  const used = { freshInput: 3, cacheRead: 0, cacheWrite5m: 25_037, cacheWrite1h: 0, output: 13 }

  test('reads as it was recorded, however its bytes are cut', async () => {
    const bytes = Buffer.concat(whole)
    const cut = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
      bytes.subarray(at * 7, at * 7 + 7),
    )
    for (const pieces of [whole, cut]) {
      const events = await streamed(pieces)
      expect(textOf(events)).toBe(`Hello — ${CANARY}`)
      expect(finishOf(events)).toMatchObject({ stop: 'end', usage: used, doubt: undefined })
    }
  })

  test('has the usage of Bedrock’s counts where the model tells none', async () => {
    const start = recorded.start.replace(/,"usage":\{[^}]*\}/, '')
    const last = recorded.last.replace(/,"usage":\{[^}]*\}/, '')
    const events = await streamed([start, recorded.text, last, recorded.stop].map(chunk))
    expect(finishOf(events)?.usage).toMatchObject(used)
  })

  test('without Bedrock’s counts is as the model told it', async () => {
    const events = await streamed([...begun, chunk(recorded.last), chunk('{"type":"message_stop"}')])
    expect(finishOf(events)).toMatchObject({ usage: used, doubt: undefined })
  })

  test('passes over counts that make no sense', async () => {
    const stop = recorded.stop.replace('"inputTokenCount":3', '"inputTokenCount":"three"')
    expect(finishOf(await streamed([...begun, chunk(recorded.last), chunk(stop)]))).toMatchObject({
      usage: used,
      doubt: undefined,
    })
  })

  test('tells a doubt where Bedrock counted another input', async () => {
    const stop = recorded.stop.replace('"inputTokenCount":3', '"inputTokenCount":30')
    const finish = finishOf(await streamed([...begun, chunk(recorded.last), chunk(stop)]))
    expect(finish?.doubt).toMatchObject({
      flaw: { of: 'input', counted: 25_040, told: 25_067 },
      otherwise: { freshInput: 30 },
    })
  })

  test.each([
    ['throttlingException', 'Too many requests', 'rate-limited'],
    ['serviceUnavailableException', 'Try again later.', 'overloaded'],
    ['modelStreamErrorException', 'The model failed.', 'server-error'],
    ['internalServerException', 'An internal server error occurred.', 'server-error'],
    ['modelTimeoutException', 'The model took too long.', 'timeout'],
    ['validationException', 'Input is too long for requested model.', 'too-long'],
    ['validationException', 'Input validation failed.', 'request-refused'],
    ['somethingNewException', 'Nobody knows.', 'server-error'],
  ])('that breaks off by %s “%s” is told as %s', async (name, words, reason) => {
    const events = await streamed([...begun, exception(name, `${words} ${CANARY}`)])
    expect(textOf(events)).toContain('Hello')
    expect(failureOf(events)).toMatchObject({ reason, charged: 'unknown', usage: { freshInput: 3 } })
  })

  test('that breaks off by an error of the model itself is told as Anthropic’s', async () => {
    const error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    expect(failureOf(await streamed([...begun, chunk(error)]))?.reason).toBe('overloaded')
  })

  test.each([
    ['a message whose body was changed on the way', changed(chunk(recorded.last), 40), 'garbage'],
    ['a message whose head was changed on the way', changed(chunk(recorded.last), CHECKSUM), 'garbage'],
    ['a message that says that it is endless', changed(chunk(recorded.last), 0), 'ended-early'],
    ['a message that is cut off', chunk(recorded.last).subarray(0, 50), 'ended-early'],
    ['a chunk that is no JSON', chunk(`{"type":"content_block_delta","text":"${CANARY}`), 'garbage'],
  ])('ends with %s', async (_, bytes, reason) => {
    expect(failureOf(await streamed([...begun, bytes]))).toMatchObject({ reason, charged: 'unknown' })
  })

  test('is none when it comes as something else', async () => {
    expect(failureOf(await streamed(whole, 'application/octet-stream'))?.reason).toBe('garbage')
    expect(failureOf(await streamed([]))?.reason).toBe('ended-early')
  })
})
