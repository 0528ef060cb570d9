import Anthropic from '@anthropic-ai/sdk'
import fc from 'fast-check'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noUsage } from '../shared/providers.ts'
import { behaviourOfKey } from './provider/behaviours.ts'
import { priceOf } from './provider/money/books.ts'
import { markedCache } from './provider/money/cache.ts'
import { findModel } from './provider/money/catalogue.ts'
import { countTokens, piecesOf } from './provider/money/tokens.ts'
import { replyTo } from './provider/reply/answer.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'

const MINUTE = 60_000

describe('the simulated providers', () => {
  let clock = Date.parse('2026-11-21T10:00:00Z')
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ now: () => clock })
  })
  afterAll(() => simulator.close())

  const claude = (apiKey = 'sk-ant-sim-healthy-000001') =>
    new Anthropic({
      apiKey,
      authToken: null,
      baseURL: simulator.anthropicUrl,
      maxRetries: 0,
      logLevel: 'off',
    })
  const gpt = (apiKey = 'sk-sim-healthy-00000001') =>
    new OpenAI({
      apiKey,
      organization: null,
      project: null,
      baseURL: simulator.openaiUrl,
      maxRetries: 0,
      logLevel: 'off',
    })
  const hello = {
    model: 'claude-haiku-5-5',
    max_tokens: 600,
    messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
  }

  test('answer the official SDKs without a stream, too', async () => {
    const message = await claude().messages.create(hello)
    const response = await gpt().responses.create({ model: 'gpt-6-luna', input: 'Where is my parcel?' })
    expect(message.content[0]).toMatchObject({
      type: 'text',
      text: expect.stringContaining('Where is my parcel?'),
    })
    expect(message.usage).toEqual(simulator.calls().at(-2)?.sent)
    expect(response.output_text).toContain('Where is my parcel?')
    expect(response.usage).toEqual(simulator.calls().at(-1)?.sent)
  })

  test('satisfy the SDKs’ own stream helpers', async () => {
    const message = await claude().messages.stream(hello).finalMessage()
    const response = await gpt()
      .responses.stream({ model: 'gpt-6-luna', input: 'Where is my parcel?' })
      .finalResponse()
    expect(message.stop_reason).toBe('end_turn')
    expect(response.status).toBe('completed')
    expect(response.output_text).toContain('Hi there,')
  })

  test('refuse fields, values and models that the real ones refuse, in their words', async () => {
    const refused = (body: object) =>
      claude()
        .post('/v1/messages', { body })
        .catch((error: unknown) => error)
    const declined = (body: object) =>
      gpt()
        .post('/responses', { body })
        .catch((error: unknown) => error)
    expect(await refused({ ...hello, temperature: 0.5 })).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      apiMessage: 'temperature: Extra inputs are not permitted',
    })
    expect(await refused({ ...hello, max_tokens: undefined })).toMatchObject({
      status: 400,
      apiMessage: 'max_tokens: Field required',
    })
    expect(await refused({ ...hello, max_tokens: 999_999 })).toMatchObject({ status: 400 })
    expect(await refused({ ...hello, model: 'claude-3-haiku-20240307' })).toMatchObject({
      status: 404,
      type: 'not_found_error',
    })
    expect(
      await refused({ ...hello, messages: [{ role: 'user', content: [{ type: 'text', text: ' ' }] }] }),
    ).toMatchObject({ status: 400 })
    expect(await declined({ model: 'gpt-6-luna', input: 'x', colour: 'red' })).toMatchObject({
      status: 400,
      code: 'unknown_parameter',
      param: 'colour',
    })
    expect(await declined({ model: 'gpt-6-luna' })).toMatchObject({ status: 400 })
    expect(await declined({ model: 'gpt-6-luna', input: 'x', max_output_tokens: 8 })).toMatchObject({
      code: 'integer_below_min_value',
    })
    expect(await declined({ model: 'gpt-4o', input: 'x', reasoning: { effort: 'low' } })).toMatchObject({
      code: 'unsupported_parameter',
    })
    expect(await declined({ model: 'gpt-4.1-nano', input: 'x' })).toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
  })

  test('take no key but their own, and no request without one', async () => {
    const keyless = await fetch(`${simulator.anthropicUrl}/v1/models`)
    const real = await fetch(`${simulator.openaiUrl}/models`, {
      headers: { authorization: 'Bearer sk-proj-abcdefghijklmnopqrstuvwxyz' },
    })
    const short = await fetch(`${simulator.openaiUrl}/models`, {
      headers: { authorization: 'Bearer sk-sim-x' },
    })
    const header = await fetch(`${simulator.anthropicUrl}/v1/models`, {
      headers: { 'x-api-key': 'sk-ant-sim-healthy-000001' },
    })
    expect([keyless.status, real.status, short.status, header.status]).toEqual([401, 401, 401, 200])
  })

  test('misbehave by the name of a key', async () => {
    expect(behaviourOfKey('sk-ant-sim-no-credit-400-abc')).toBe('no-credit-400')
    expect(behaviourOfKey('sk-sim-no-credit-abc')).toBe('no-credit')
    expect(behaviourOfKey('sk-sim-whatever')).toBe('healthy')
    await expect(claude('sk-ant-sim-no-credit-000').messages.create(hello)).rejects.toMatchObject({
      status: 402,
    })
    await expect(gpt('sk-sim-list-forbidden-000').models.list()).rejects.toMatchObject({ status: 403 })
    expect((await gpt('sk-sim-no-credit-0000000').models.list()).data.length).toBeGreaterThan(3)
  })

  test('keep a cached prefix for its time and not longer', async () => {
    const system = [
      {
        type: 'text' as const,
        text: 'Be brief and warm. '.repeat(600),
        cache_control: { type: 'ephemeral' as const, ttl: '1h' as const },
      },
    ]
    const content = [
      {
        type: 'text' as const,
        text: 'My parcel is late. '.repeat(600),
        cache_control: { type: 'ephemeral' as const },
      },
      { type: 'text' as const, text: 'Answer.' },
    ]
    const ask = async () => {
      const { usage } = await claude().messages.create({
        ...hello,
        system,
        messages: [{ role: 'user', content }],
      })
      return [
        usage.cache_read_input_tokens,
        usage.cache_creation?.ephemeral_1h_input_tokens,
        usage.cache_creation?.ephemeral_5m_input_tokens,
      ]
    }
    const [, hour = 0, five = 0] = await ask()
    expect(Math.min(Number(hour), Number(five))).toBeGreaterThan(1_024)
    clock += 4 * MINUTE
    expect(await ask()).toEqual([Number(hour) + Number(five), 0, 0])
    clock += 6 * MINUTE
    expect(await ask()).toEqual([hour, 0, five])
    clock += 61 * MINUTE
    expect(await ask()).toEqual([0, hour, five])
  })

  test('bill the sum of their books', () => {
    const sum = simulator.calls().reduce((total, { picodollars }) => total + picodollars, 0n)
    expect(simulator.bill()).toBe(sum)
    expect(sum).toBeGreaterThan(0n)
  })
})

describe('simulated tokens', () => {
  test('are never more than the bytes of a text, and join to it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(piecesOf(text).join('')).toBe(text)
        expect(countTokens(text, 'new')).toBeLessThanOrEqual(Buffer.byteLength(text))
        expect(countTokens(text, 'old')).toBeLessThanOrEqual(countTokens(text, 'new'))
      }),
    )
  })

  test('are about a quarter of the characters of an English text', () => {
    const text =
      'Thank you for your message. Your parcel left our warehouse on Monday and should arrive tomorrow. '.repeat(
        20,
      )
    const perToken = text.length / countTokens(text, 'old')
    expect(perToken).toBeGreaterThan(3.5)
    expect(perToken).toBeLessThan(5.5)
  })
})

describe('simulated prices', () => {
  const at = Date.parse('2026-11-21T10:00:00Z')
  const priced = (
    provider: 'anthropic' | 'openai',
    id: string,
    usage: Partial<typeof noUsage>,
    when = at,
    usOnly = false,
  ) => {
    const model = findModel(provider, id, when)
    if (model === undefined) throw new Error(id)
    return priceOf(model, { ...noUsage, ...usage }, when, usOnly)
  }

  test('are exact to the picodollar for every kind of token', () => {
    const usage = {
      freshInput: 1,
      cacheRead: 10,
      cacheWrite5m: 100,
      cacheWrite1h: 1_000,
      output: 10_000,
      reasoning: 100_000,
    }
    expect(priced('anthropic', 'claude-sonnet-4-6', usage)).toBe(
      1n * 3_000_000n + 10n * 300_000n + 100n * 3_750_000n + 1_000n * 6_000_000n + 110_000n * 15_000_000n,
    )
    expect(priced('openai', 'gpt-6-luna', { freshInput: 7, cacheRead: 3, cacheWrite30m: 5, output: 2 })).toBe(
      7n * 100_000n + 3n * 10_000n + 5n * 125_000n + 2n * 500_000n,
    )
  })

  test('charge the whole request more beyond a long input, and by the day', () => {
    expect(priced('anthropic', 'claude-haiku-5-5', { freshInput: 100_000, output: 10 })).toBe(
      100_000n * 100_000n + 10n * 500_000n,
    )
    expect(priced('anthropic', 'claude-haiku-5-5', { freshInput: 100_001, output: 10 })).toBe(
      100_001n * 500_000n + 10n * 2_500_000n,
    )
    expect(priced('anthropic', 'claude-sonnet-5-5', { cacheRead: 10 }, Date.parse('2026-10-06'))).toBe(
      2_000_000n,
    )
    expect(priced('anthropic', 'claude-sonnet-5-5', { cacheRead: 10 })).toBe(1_000_000n)
  })

  test('cost a tenth more in the United States alone, where the model has such a price', () => {
    expect(priced('anthropic', 'claude-opus-4-8', { freshInput: 10 }, at, true)).toBe(55_000_000n)
    expect(priced('anthropic', 'claude-haiku-4-5', { freshInput: 10 }, at, true)).toBe(10_000_000n)
  })
})

describe('the simulated cache', () => {
  test('passes over prefixes below the minimum and bills what lies beyond the last hour as five minutes', () => {
    const cache = markedCache(() => 0)
    const blocks = [
      { text: 'word '.repeat(100), keep: '1h' as const },
      { text: 'word '.repeat(2_000), keep: '5m' as const },
      { text: 'ask' },
    ]
    const first = cache.divide('key', blocks, 1_024, 'old')
    expect(first).toMatchObject({ read: 0, written1h: 0 })
    expect(first.written5m).toBeGreaterThan(2_000)
    expect(cache.divide('key', blocks, 1_024, 'old')).toMatchObject({ read: first.written5m, written5m: 0 })
    expect(cache.divide('other key', blocks, 1_024, 'old')).toMatchObject({ read: 0 })
  })
})

describe('simulated replies', () => {
  const thread = (text: string, name = 'Jonas Weber') =>
    `<conversation t>\nSubject: x\n\n--- Support team · Anna ---\nHow can I help?\n\n--- Customer · ${name} · 10:01 ---\n${text}\n</conversation t>`
  const draft = 'Write a draft reply to the customer.'

  test('greet the customer, quote the question, name the order, in the customer’s language', () => {
    expect(replyTo(thread('My order #48213 is broken. Can I have my money back?'), draft)).toMatch(
      /^Hi Jonas,[\s\S]*#48213[\s\S]*Can I have my money back\?[\s\S]*refund/,
    )
    expect(
      replyTo(
        thread('Mein Paket ist nicht da, ich habe schon lange gewartet. Wann kommt die Lieferung?'),
        draft,
      ),
    ).toMatch(/^Hallo Jonas,[\s\S]*Wann kommt die Lieferung\?/)
    expect(
      replyTo(thread('Bonjour, je n’ai pas reçu mon colis. Où est ma commande ?', 'Zoé'), draft),
    ).toMatch(/^Bonjour Zoé,/)
    expect(replyTo(thread('Hola, el pedido no está completo. ¿Qué puedo hacer?', 'Ana'), draft)).toMatch(
      /^Hola Ana:[\s\S]*¿Qué puedo hacer\?/,
    )
  })

  test('follow the agent’s request visibly', () => {
    const plain = replyTo(thread('Where is my parcel?'), draft)
    expect(replyTo(thread('Where is my parcel?'), 'The agent asks: shorter').length).toBeLessThan(
      plain.length,
    )
    expect(replyTo(thread('Where is my parcel?'), 'The agent asks: in Spanish')).toMatch(/^Hola Jonas:/)
    expect(replyTo(thread('Where is my parcel?'), 'The agent asks: offer a voucher')).toContain(
      'offer a voucher',
    )
    expect(
      replyTo(thread('Where is my parcel?'), `<begun t>\nDear Jonas,\n</begun t>\n\n${draft}`),
    ).not.toContain('Hi Jonas')
    expect(replyTo('This is a test of the connection.', 'Answer with the single word: ready')).toBe('ready')
  })
})
