import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { Call, CallEvent } from '../../server/domain/provider.ts'
import { guardedFetch } from '../../server/outbound/guard.ts'
import { compatible } from '../../server/providers/compatible/compatible.ts'
import type { Dialect } from '../../shared/keys.ts'
import {
  failureOf,
  finishOf,
  heard,
  listening,
  never,
  promptWith,
  textOf,
} from '../provider/contract/subject.ts'
import { startSimulator } from '../provider/simulator.ts'

const limits = { headersMs: 5_000, idleMs: 5_000, totalMs: 10_000 }

const keyAt = (address: string, dialect: Dialect = 'plain', secret = 'sim-compatible-chat-0001') => ({
  secret,
  baseAddress: address,
  endpoint: { kind: 'address' as const, address, dialect },
})

const callAt = (address: string, change: Partial<Call> = {}): Call => ({
  key: keyAt(address),
  model: 'some-model',
  prompt: promptWith('Where is it?'),
  outputLimit: 800,
  reasoning: 'none',
  cacheKey: 'ws-1',
  ...change,
})

/** The adapter, allowed to reach an address on this machine. */
const adapterAt = (address: string) => compatible({ fetch: guardedFetch([new URL(address).host]), ...limits })

const events = (...sent: readonly unknown[]): string =>
  sent.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')

const delta = (content: unknown, more: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'some-model-0815',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...more,
})
const finish = (reason: string, more: object = {}) => ({
  ...delta(''),
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
  ...more,
})
const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }
const usageChunk = (told: object) => ({ ...delta(''), choices: [], usage: told })
const counted = { freshInput: 100, cacheRead: 0, cacheWrite30m: 0, output: 20, reasoning: 0 }

/** What the adapter hears of a server that sends these bytes as its answer. */
const answering = async (
  body: string,
  { dialect = 'plain', leaves = false }: { dialect?: Dialect; leaves?: boolean } = {},
): Promise<readonly CallEvent[]> => {
  const { address, close } = await listening((request, answer) => {
    request.resume()
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    answer.write(body)
    if (leaves) setTimeout(() => answer.socket?.resetAndDestroy(), 30)
    else answer.end()
  })
  const told = await heard(adapterAt(address).call(callAt(address, { key: keyAt(address, dialect) }), never))
  close()
  return told
}

describe('what an endpoint streams', () => {
  test('is whole by its reason to finish, with the usage of a later chunk, of the same, or of none', async () => {
    const cases = [
      [finish('stop'), usageChunk(usage), '[DONE]'],
      [finish('stop', { usage }), '[DONE]'],
      [finish('stop'), usageChunk(usage)],
      [usageChunk(usage), finish('stop')],
    ]
    for (const ending of cases) {
      const told = await answering(events(delta('Hi '), delta('there'), ...ending))
      expect(textOf(told)).toBe('Hi there')
      expect(finishOf(told)).toMatchObject({ stop: 'end', usage: counted, model: 'some-model-0815' })
      expect(finishOf(told)?.raw).toEqual(usage)
    }
    const untold = await answering(events(delta('Hi'), finish('stop'), '[DONE]'))
    expect(finishOf(untold)).toMatchObject({ stop: 'end', usage: undefined })
  })

  test('is not whole by `[DONE]` alone, nor by usage', async () => {
    for (const ending of [['[DONE]'], [usageChunk(usage), '[DONE]'], []]) {
      const told = await answering(events(delta('Hi'), ...ending))
      expect(failureOf(told)).toMatchObject({ reason: 'ended-early', charged: 'unknown', usage: {} })
    }
  })

  test('may come with its reason to finish in the same chunk as the text', async () => {
    const last = {
      ...finish('length'),
      choices: [{ index: 0, delta: { content: 'all' }, finish_reason: 'length' }],
    }
    const told = await answering(events({ ...last, usage }))
    expect(textOf(told)).toBe('all')
    expect(finishOf(told)).toMatchObject({ stop: 'limit', usage: counted })
  })

  test('stays whole when the connection breaks after its reason to finish, only its cost is unknown', async () => {
    const told = await answering(events(delta('Hi'), finish('stop')), { leaves: true })
    expect(finishOf(told)).toMatchObject({ stop: 'end', usage: undefined })
    const sooner = await answering(events(delta('Hi')), { leaves: true })
    expect(failureOf(sooner)).toMatchObject({ reason: 'network', charged: 'unknown' })
  })

  test('counts by the last chunk where each tells a running count', async () => {
    const running = { prompt_tokens: 100, completion_tokens: 1, total_tokens: 101 }
    for (const ending of [[finish('stop', { usage })], [finish('stop'), usageChunk(usage)]]) {
      const told = await answering(events(delta('Hi', { usage: running }), ...ending))
      expect(finishOf(told)?.usage).toMatchObject(counted)
    }
    const untold = await answering(events(delta('Hi', { usage: running }), finish('stop')))
    expect(finishOf(untold)).toMatchObject({ stop: 'end', usage: undefined })
    const broken = await answering(events(delta('Hi', { usage: running })))
    expect(failureOf(broken)?.usage).toEqual({})
  })

  test('has what was read from the cache, written to it and reasoned within its totals', async () => {
    const nested = {
      ...usage,
      prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 10, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 15 },
    }
    const told = await answering(events(delta('Hi'), finish('stop'), usageChunk(nested)))
    expect(finishOf(told)).toMatchObject({
      usage: { freshInput: 30, cacheRead: 60, cacheWrite30m: 10, output: 5, reasoning: 15 },
      doubt: undefined,
    })
  })

  test('is doubtful where its counts contradict each other, and uncounted where they are no counts', async () => {
    const apart = { ...usage, total_tokens: 180 }
    const told = await answering(events(finish('stop'), usageChunk(apart)))
    expect(finishOf(told)?.doubt).toMatchObject({
      flaw: { of: 'total', counted: 120, told: 180 },
      otherwise: { output: 80 },
    })
    const more = { ...usage, prompt_tokens_details: { cached_tokens: 101 } }
    expect(finishOf(await answering(events(finish('stop'), usageChunk(more))))?.doubt).toMatchObject({
      flaw: { of: 'input' },
    })
    const none = { prompt_tokens: 'many', completion_tokens: -1 }
    expect(finishOf(await answering(events(finish('stop'), usageChunk(none))))?.usage).toBeUndefined()
  })

  test('says when the model declined, in whatever way, and when the endpoint gave up', async () => {
    const refusal = { ...delta(null), choices: [{ delta: { refusal: 'I can’t.' }, finish_reason: null }] }
    expect(finishOf(await answering(events(refusal, finish('stop'))))?.stop).toBe('refused')
    expect(finishOf(await answering(events(finish('content_filter'))))?.stop).toBe('refused')
    expect(finishOf(await answering(events(finish('model_length'))))?.stop).toBe('limit')
    expect(failureOf(await answering(events(finish('error'))))?.reason).toBe('server-error')
    const busy = events(finish('insufficient_system_resource'))
    expect(failureOf(await answering(busy))?.reason).toBe('overloaded')
  })

  test('may be parts, thoughts and calls of tools, of which only text is shown', async () => {
    const parts = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Let me see.' }] },
      { type: 'text', text: 'Hi' },
    ]
    const tools = {
      ...delta(null),
      choices: [{ delta: { tool_calls: [{ index: 0 }] }, finish_reason: null }],
    }
    const thought = {
      ...delta(null),
      choices: [{ delta: { reasoning_content: 'Hm.' }, finish_reason: null }],
    }
    const told = await answering(events(delta(parts), thought, tools, finish('stop')))
    expect(textOf(told)).toBe('Hi')
    expect(finishOf(told)?.stop).toBe('end')
  })

  test('may break off with an error, told in whichever of their forms', async () => {
    const errors: readonly (readonly [unknown, string])[] = [
      [{ error: { message: 'Too many', type: null, code: 429 } }, 'rate-limited'],
      [{ error: { message: 'The server is busy', type: 'ServiceUnavailable', code: 503 } }, 'overloaded'],
      [{ error: 'the runner has ended' }, 'server-error'],
      [{ object: 'error', message: 'Service unavailable.', type: 'x', code: '1100' }, 'server-error'],
    ]
    for (const [error, reason] of errors) {
      const told = await answering(events(delta('Hi'), error))
      expect(failureOf(told)).toMatchObject({ reason, charged: 'unknown' })
    }
    for (const garbage of [{ choices: 'none' }, 7, null, [delta('Hi')]])
      expect(failureOf(await answering(events(garbage)))).toMatchObject({ reason: 'garbage' })
  })

  test('names a tier only where the endpoint sells any, since a price of one’s own knows none', async () => {
    const body = events(finish('stop', { usage, service_tier: 'on_demand' }))
    expect(finishOf(await answering(body))?.tier).toBeUndefined()
    expect(finishOf(await answering(body, { dialect: 'openai' }))?.tier).toBe('on_demand')
  })
})

describe('what an endpoint streams by Anthropic’s protocol', () => {
  test('has cache writes of no told life for five minutes, since no longer one was asked for', async () => {
    const began = {
      type: 'message_start',
      message: { model: 'm', usage: { input_tokens: 10, cache_creation_input_tokens: 2_000 } },
    }
    const ended = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }
    const body = [began, ended, { type: 'message_stop' }]
      .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      .join('')
    expect(finishOf(await answering(body, { dialect: 'anthropic' }))).toMatchObject({
      usage: { freshInput: 10, cacheWrite5m: 2_000, cacheWrite1h: 0, output: 5 },
      doubt: undefined,
    })
  })
})

/** What an endpoint is sent in a dialect: path, headers and body. */
const sentIn = async (dialect: Dialect, typed = (address: string) => `${address}/v1`) => {
  const sent: { path?: string; headers: Headers; body: Record<string, unknown> } = {
    headers: new Headers(),
    body: {},
  }
  const { address, close } = await listening(async (request, answer) => {
    sent.path = request.url ?? ''
    for (const [name, value] of Object.entries(request.headers)) sent.headers.set(name, String(value))
    sent.body = JSON.parse(await text(request))
    answer.writeHead(404).end()
  })
  const adapter = adapterAt(address)
  const endpoint = { kind: 'address' as const, address: typed(address), dialect }
  const baseAddress = adapter.addressFor(endpoint) ?? ''
  const key = { secret: 'x', baseAddress, endpoint }
  await heard(adapter.call(callAt(address, { key }), never))
  close()
  return sent
}

describe('what an endpoint is sent', () => {
  test('is nothing that its dialect does not have', async () => {
    const always = ['max_tokens', 'messages', 'model', 'stream']
    const fields = async (dialect: Dialect) => Object.keys((await sentIn(dialect)).body).toSorted()
    expect(await fields('mistral')).toEqual(always)
    expect(await fields('ollama')).toEqual([...always, 'stream_options'])
    expect(await fields('plain')).toEqual([...always, 'stream_options'])
    expect(await fields('anthropic')).toEqual([...always, 'system'].toSorted())
    expect(await fields('openai')).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'prompt_cache_key',
      'service_tier',
      'store',
      'stream',
      'stream_options',
    ])
  })

  test('goes to the typed address, with the key as a bearer, also a key of one character', async () => {
    for (const typed of ['/v1', '/v1/', '/v1/chat/completions'])
      expect(await sentIn('plain', (address) => address + typed)).toMatchObject({
        path: '/v1/chat/completions',
      })
    for (const typed of ['', '/', '/v1', '/v1/messages'])
      expect(await sentIn('anthropic', (address) => address + typed)).toMatchObject({ path: '/v1/messages' })
    expect((await sentIn('plain')).headers.get('authorization')).toBe('Bearer x')
    const { headers } = await sentIn('anthropic')
    expect(headers.get('authorization')).toBe('Bearer x')
    expect(headers.get('anthropic-version')).toBe('2023-06-01')
  })
})

describe('a list of models', () => {
  const listedBy = async (status: number, body: unknown, dialect: Dialect = 'plain') => {
    const { address, close } = await listening((_request, answer) => {
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const answer = await adapterAt(address).models(keyAt(address, dialect), never)
    close()
    return answer
  }

  test('is read in every form, with what it tells of context and end, and without what cannot chat', async () => {
    const data = [
      { id: 'plain' },
      { id: 'vllm', max_model_len: 40_960, permission: [] },
      { id: 'mistral', max_context_length: 131_072, deprecation: '2026-05-22T12:00:00Z', name: 'Mistral' },
      { id: 'embed', capabilities: { completion_chat: false } },
      { id: 'claude', display_name: 'Claude', max_input_tokens: 200_000, retires_at: '2027-03-31T12:00:00Z' },
      { id: '' },
      { name: 'nothing' },
      'no model',
      { id: 'odd', max_model_len: 'much', shutdown_date: 7, capabilities: 'all' },
    ]
    for (const body of [{ object: 'list', data }, data]) {
      const answer = await listedBy(200, body)
      const listed = 'listed' in answer ? (answer.listed ?? []) : []
      expect(listed.map(({ id }) => id)).toEqual(['plain', 'vllm', 'mistral', 'claude', 'odd'])
      expect(listed.map(({ contextTokens }) => contextTokens)).toEqual([
        undefined,
        40_960,
        131_072,
        200_000,
        undefined,
      ])
      expect(listed[2]).toMatchObject({ name: 'Mistral', retiresAt: undefined })
      expect(listed[3]).toMatchObject({ name: 'Claude', retiresAt: Date.parse('2027-03-31T12:00:00Z') })
    }
  })

  test('that is not there is none, whatever the page says that is there instead', async () => {
    for (const dialect of ['plain', 'anthropic'] as const)
      for (const status of [404, 405, 501])
        expect(await listedBy(status, { detail: 'no models here' }, dialect)).toMatchObject({
          listed: undefined,
        })
    expect(await listedBy(200, { models: [] })).toMatchObject({ failure: { reason: 'garbage' } })
    expect(await listedBy(401, { message: 'Unauthorized' })).toMatchObject({
      failure: { reason: 'key-invalid' },
    })
  })
})

describe('an address of one’s own', () => {
  test('is never asked where its name leads to a private one, and that costs nothing', async () => {
    const arrived: unknown[] = []
    const { address, close } = await listening((request, answer) => {
      arrived.push(request.url)
      answer.end()
    })
    const { port } = new URL(address)
    const home = [{ address: '127.0.0.1', family: 4 }]
    for (const protocol of ['https:', 'http:']) {
      const typed = `${protocol}//models.example:${port}`
      const provider = compatible({ fetch: guardedFetch([], async () => home), ...limits })
      const told = await heard(provider.call(callAt(typed), never))
      expect(failureOf(told)).toMatchObject({ reason: 'network', charged: 'nothing', mayTryElsewhere: true })
      expect(await provider.models(keyAt(typed), never)).toMatchObject({ failure: { reason: 'network' } })
    }
    close()
    expect(arrived).toEqual([])
  })

  test('reads from the cache at its gateway, and says so', async () => {
    const simulator = await startSimulator()
    const address = simulator.compatibleUrl('gateway')
    const call = callAt(address, {
      key: keyAt(address, 'openai'),
      model: 'house-large',
      prompt: promptWith('It should have come on Monday, the shop said. '.repeat(400)),
    })
    await heard(adapterAt(address).call(call, never))
    const again = finishOf(await heard(adapterAt(address).call(call, never)))
    expect(again?.usage?.cacheRead).toBeGreaterThan(1_024)
    expect(again?.usage).toEqual(simulator.calls().at(-1)?.buckets)
    await simulator.close()
  })
})
