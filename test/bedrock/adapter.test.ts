import { json } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { bedrockSubject as subject } from '../provider/bedrock/subject.ts'
import { keepsTheContract } from '../provider/contract/contract.ts'
import {
  callFor,
  failureOf,
  finishOf,
  heard,
  keyFor,
  listening,
  never,
  promptWith,
  providerOf,
} from '../provider/contract/subject.ts'
import type { Behaviour } from '../provider/simulator.ts'

const longThread = promptWith(
  `My parcel is late. ${'It should have come on Monday, the shop said. '.repeat(400)}When?`,
)

describe('the adapter for Bedrock', () => {
  const running = keepsTheContract(subject)

  const ask = async (behaviour: Behaviour, model = subject.model) => {
    running().plan({ provider: 'bedrock', next: [behaviour] })
    const system = 'You draft replies for a support agent, briefly and warmly. '.repeat(200)
    const call = callFor(subject, running(), { prompt: { ...longThread, system }, model })
    const events = await heard(providerOf(subject).call(call, never))
    return { finish: finishOf(events), failure: failureOf(events), booked: running().calls().at(-1) }
  }

  test('asks by the version of the protocol that the model takes, with neither a tier nor an hour in the cache', async () => {
    const sent: unknown[] = []
    const { address, close } = await listening(async (request, answer) => {
      sent.push([request.url, await json(request)])
      answer.writeHead(400, { 'x-amzn-errortype': 'ValidationException' }).end('{}')
    })
    const key = keyFor(subject, address)
    for (const model of ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'eu.anthropic.claude-opus-4-8'])
      await heard(providerOf(subject).call(callFor(subject, running(), { key, model }), never))
    close()
    const five = { type: 'ephemeral', ttl: '5m' }
    const asked = {
      max_tokens: 800,
      system: [{ type: 'text', text: expect.any(String), cache_control: five }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: expect.any(String), cache_control: five },
            { type: 'text', text: expect.any(String) },
          ],
        },
      ],
    }
    expect(sent).toEqual([
      [
        '/model/eu.anthropic.claude-haiku-4-5-20251001-v1:0/invoke-with-response-stream',
        { ...asked, anthropic_version: 'bedrock-2023-05-31' },
      ],
      [
        '/model/eu.anthropic.claude-opus-4-8/invoke-with-response-stream',
        { ...asked, anthropic_version: '2026-10-21' },
      ],
    ])
  })

  test('keeps Bedrock’s own counts beside those of the model', async () => {
    const { finish, booked } = await ask('healthy', 'eu.anthropic.claude-sonnet-4-6')
    const metrics = 'amazon-bedrock-invocationMetrics'
    expect(finish?.doubt).toBeUndefined()
    expect(finish?.usage).toEqual(booked?.buckets)
    expect(finish?.usage?.cacheWrite5m).toBeGreaterThan(2_048)
    expect(finish?.usage?.cacheWrite1h).toBe(0)
    expect(finish?.raw).toMatchObject({
      [`${metrics}.inputTokenCount`]: booked?.buckets.freshInput,
      [`${metrics}.outputTokenCount`]: booked?.buckets.output,
      [`${metrics}.cacheWriteInputTokenCount`]: booked?.buckets.cacheWrite5m,
    })
  })

  test('reports a doubt where the two counts differ, with the other reading', async () => {
    const { finish } = await ask('metrics-differ')
    const { output = 0, reasoning = 0 } = finish?.usage ?? {}
    expect(finish?.doubt).toMatchObject({
      flaw: { of: 'output', counted: output + reasoning, told: output + reasoning + 10 },
      otherwise: { output: output + 10, reasoning },
    })
  })

  test('reports a doubt where the model’s own counts contradict each other', async () => {
    const parts = await ask('parts-too-many', 'global.anthropic.claude-opus-4-8')
    const totals = await ask('parts-too-few', 'global.anthropic.claude-opus-5-5')
    expect([parts, totals].map(({ finish }) => finish?.doubt?.flaw.of)).toEqual(['input', 'input'])
  })

  test('knows for how long everything is cached where Bedrock does not tell', async () => {
    const { finish, booked } = await ask('without-split', 'eu.anthropic.claude-opus-4-8')
    expect(finish?.usage?.cacheWrite5m).toBeGreaterThan(2_048)
    expect(finish?.usage).toEqual(booked?.buckets)
    expect(finish?.doubt).toBeUndefined()
  })

  test('knows the input of an answer that broke off, and leaves the output unknown', async () => {
    const { failure, booked } = await ask('error-mid-stream', 'eu.anthropic.claude-opus-4-7')
    const { output: _, reasoning: __, ...input } = booked?.buckets ?? {}
    expect(failure?.usage).toEqual(input)
  })

  test('lists what the region offers: in itself, in its part of the world, and everywhere', async () => {
    running().plan({ provider: 'bedrock', of: 'models', next: ['healthy', 'small-pages', 'small-pages'] })
    const answer = await providerOf(subject).models(keyFor(subject, running().bedrockUrl), never)
    const listed = 'listed' in answer ? (answer.listed ?? []) : []
    const ids = listed.map(({ id }) => id)
    expect(ids).toContain('eu.anthropic.claude-haiku-5-5')
    expect(ids).toContain('global.anthropic.claude-fable-5-1')
    expect(ids.filter((id) => id.startsWith('anthropic.'))).toEqual([
      'anthropic.claude-haiku-4-5-20251001-v1:0',
      'anthropic.claude-3-haiku-20240307-v1:0',
    ])
    expect(ids.filter((id) => !/^(eu|global|anthropic)\./.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('lists what is on its way out with the day on which it ends', async () => {
    const answer = await providerOf(subject).models(keyFor(subject, running().bedrockUrl), never)
    const listed = 'listed' in answer ? (answer.listed ?? []) : []
    const endOf = (id: string) => listed.find((model) => model.id === id)?.retiresAt
    expect(endOf('anthropic.claude-3-haiku-20240307-v1:0')).toBe(Date.parse('2027-03-10'))
    expect(endOf('eu.anthropic.claude-sonnet-4-5-20250929-v1:0')).toBe(Date.parse('2026-11-30'))
    expect(endOf('eu.anthropic.claude-opus-4-8')).toBeUndefined()
  })
})
