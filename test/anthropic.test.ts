import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { anthropic } from '../server/providers/anthropic.ts'
import { noUsage } from '../shared/providers.ts'
import type { Behaviour } from './provider/behaviours.ts'
import { commonCases } from './provider/contract/cases.ts'
import { keepsTheContract } from './provider/contract/contract.ts'
import {
  BRIEF_MS,
  callFor,
  failureOf,
  finishOf,
  heard,
  listening,
  never,
  promptWith,
  providerOf,
  type Subject,
} from './provider/contract/subject.ts'

const subject: Subject = {
  make: anthropic,
  address: ({ anthropicUrl }) => anthropicUrl,
  key: 'sk-ant-sim-contract-000000001',
  realLookingKey: `sk-ant-api03-${'x'.repeat(80)}-AA`,
  model: 'claude-haiku-5-5',
  tokenizer: 'new',
  cases: [
    ...commonCases,
    { when: 'error-mid-stream', reason: 'overloaded', elsewhere: true, charged: 'unknown' },
  ],
}

const longThread = promptWith(
  `My parcel is late. ${'It should have come on Monday, the shop said. '.repeat(400)}When?`,
)

describe('the adapter for Anthropic', () => {
  const running = keepsTheContract(subject)

  test('tells apart what was written to the cache for an hour and for five minutes, and what was read from it', async () => {
    const provider = providerOf(subject)
    const system = 'You draft replies for a support agent, briefly and warmly. '.repeat(200)
    const call = callFor(subject, running(), {
      prompt: { ...longThread, system },
      model: 'claude-sonnet-4-6',
    })
    const first = finishOf(await heard(provider.call(call, never)))
    const again = finishOf(await heard(provider.call(call, never)))
    expect(first?.usage?.cacheWrite1h).toBeGreaterThan(1_024)
    expect(first?.usage?.cacheWrite5m).toBeGreaterThan(1_024)
    expect(again?.usage).toMatchObject({ cacheWrite1h: 0, cacheWrite5m: 0 })
    expect(again?.usage?.cacheRead).toBe(
      (first?.usage?.cacheWrite1h ?? 0) + (first?.usage?.cacheWrite5m ?? 0),
    )
    expect([first?.usage, again?.usage]).toEqual(
      running()
        .calls()
        .slice(-2)
        .map(({ buckets }) => buckets),
    )
  })

  test('counts thinking apart from what a reader sees', async () => {
    const finish = finishOf(await heard(providerOf(subject).call(callFor(subject, running()), never)))
    expect(finish?.usage?.reasoning).toBeGreaterThan(0)
    expect(finish?.usage).toEqual(running().calls().at(-1)?.buckets)
  })

  test('asks for no thinking, or for little, as the model’s profile says', async () => {
    const provider = providerOf(subject)
    const none = finishOf(
      await heard(provider.call(callFor(subject, running(), { reasoning: 'disable-thinking' }), never)),
    )
    const little = finishOf(
      await heard(provider.call(callFor(subject, running(), { reasoning: 'low-effort' }), never)),
    )
    expect(none?.usage?.reasoning).toBe(0)
    expect(little?.usage?.reasoning).toBe(48)
  })

  test('writes nothing to the console, not even about a model that has ended', async () => {
    const { warn } = console
    const warned: unknown[] = []
    console.warn = (...words) => warned.push(words)
    const model = 'claude-3-haiku-20240307'
    const events = await heard(providerOf(subject).call(callFor(subject, running(), { model }), never))
    console.warn = warn
    expect(failureOf(events)?.reason).toBe('model-missing')
    expect(warned).toEqual([])
  })

  test('says when the answer was made in the United States alone, which costs more', async () => {
    running().plan({ provider: 'anthropic', next: ['geo-us', 'healthy'] })
    const provider = providerOf(subject)
    const us = finishOf(await heard(provider.call(callFor(subject, running()), never)))
    const anywhere = finishOf(await heard(provider.call(callFor(subject, running()), never)))
    expect([us?.region, anywhere?.region]).toEqual(['us', 'global'])
  })

  test('knows the input of an answer that broke off, and leaves the output unknown', async () => {
    running().plan({ provider: 'anthropic', next: ['early-end'] })
    const failure = failureOf(await heard(providerOf(subject).call(callFor(subject, running()), never)))
    const { output: _, reasoning: __, ...input } = running().calls().at(-1)?.buckets ?? noUsage
    expect(failure?.usage).toEqual(input)
  })

  test('lists models with names, limits and retirement, page by page, without the retired ones', async () => {
    const before = running().requests().length
    running().plan({
      provider: 'anthropic',
      of: 'models',
      next: ['small-pages', 'small-pages', 'small-pages'],
    })
    const key = { secret: subject.key, baseAddress: running().anthropicUrl }
    const answer = await providerOf(subject).models(key, never)
    const listed = 'listed' in answer ? (answer.listed ?? []) : []
    expect(listed.find(({ id }) => id === 'claude-haiku-5-5')).toEqual({
      id: 'claude-haiku-5-5',
      name: 'Claude Haiku 5.5',
      contextTokens: 1_000_000,
      outputTokens: 128_000,
      retiresAt: undefined,
    })
    expect(listed.some(({ id }) => id.startsWith('claude-3'))).toBe(false)
    expect(listed.length).toBeGreaterThan(7)
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
    expect(running().requests().length - before).toBe(3)
  })

  test('counts the input of exactly what it sends', async () => {
    const heardAt = new Map<string, Record<string, unknown>>()
    const { address, close } = await listening(async (request, answer) => {
      heardAt.set(request.url ?? '', JSON.parse(await text(request)))
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{"input_tokens":1000}')
    })
    const key = { secret: subject.key, baseAddress: address }
    const call = callFor(subject, running(), { key, reasoning: 'disable-thinking' })
    const provider = providerOf(subject)
    expect(await provider.count(call, 'new', never)).toBe(1_114)
    await heard(provider.call(call, never))
    close()
    const { max_tokens: _, stream: __, service_tier: ___, ...sent } = heardAt.get('/v1/messages') ?? {}
    expect(sent).toHaveProperty('messages')
    expect(sent).toHaveProperty('thinking')
    expect(heardAt.get('/v1/messages/count_tokens')).toEqual(sent)
  })

  test('leaves the input uncounted whatever goes wrong with the count, asks once, and does not wait for long', async () => {
    const failing: readonly Behaviour[] = [
      'key-invalid',
      'forbidden',
      'rate-limited',
      'overloaded',
      'server-error',
      'html-502',
      'html-200',
      'redirect',
      'reset',
      'garbage',
      'hang',
    ]
    const simulator = running()
    const before = simulator.requests().length
    simulator.plan({ provider: 'anthropic', of: 'counts', next: failing })
    for (const when of failing) {
      const provider = providerOf(subject, when === 'hang' ? { totalMs: BRIEF_MS } : {})
      expect(await provider.count(callFor(subject, simulator), 'new', never), when).toBeUndefined()
    }
    expect(simulator.requests().length - before).toBe(failing.length)
  })

  test('gives a count up after seconds by itself, however patient it is with an answer', async () => {
    running().plan({ provider: 'anthropic', of: 'counts', next: ['hang'] })
    const provider = providerOf(subject, { headersMs: 600_000, totalMs: 600_000 })
    expect(await provider.count(callFor(subject, running()), 'new', never)).toBeUndefined()
  })
})
