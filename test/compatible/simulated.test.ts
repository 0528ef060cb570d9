import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OwnEndpoint } from '../provider/compatible/endpoints.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const models: Record<OwnEndpoint, string> = {
  mistral: 'mistral-medium-2508',
  ollama: 'llama3.2:latest',
  vllm: 'Qwen/Qwen3-8B',
  gateway: 'house-large',
  plain: 'in-house-1',
  'claude-gateway': 'claude-haiku-5-5',
}

const ask = async (endpoint: OwnEndpoint, more: object = {}, key = 'sim-compatible-anything') => {
  const path = endpoint === 'claude-gateway' ? '/messages' : '/chat/completions'
  const answer = await fetch(simulator.compatibleUrl(endpoint) + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ model: models[endpoint], messages: [{ role: 'user', content: 'Hi' }], ...more }),
  })
  return { status: answer.status, text: await answer.text() }
}

const streamed = { stream: true, max_tokens: 100 }
const asked = { ...streamed, stream_options: { include_usage: true } }

describe('simulated endpoints of one’s own', () => {
  test('refuse what the real ones refuse, in their words', async () => {
    for (const field of ['stream_options', 'max_completion_tokens', 'store', 'prompt_cache_key']) {
      const { status, text } = await ask('mistral', { ...streamed, [field]: {} })
      expect(status).toBe(422)
      expect(text).toContain('extra_forbidden')
      expect(text).toContain(`["body","${field}"]`)
    }
    expect((await ask('gateway', { max_tokens: 100 })).text).toContain('unsupported_parameter')
    expect((await ask('claude-gateway', { ...streamed, service_tier: 'auto' })).status).toBe(400)
    expect((await ask('mistral', { ...streamed, model: 'nobody' })).text).toContain('invalid_model')
    expect((await ask('ollama', { ...streamed, model: 'nobody' })).status).toBe(404)
    expect((await ask('vllm', { ...streamed, model: 'nobody' })).status).toBe(404)
  })

  test('pass over what the real ones pass over', async () => {
    for (const endpoint of ['ollama', 'vllm'] as const) {
      const { status, text } = await ask(endpoint, { ...streamed, store: false, service_tier: 'default' })
      expect(status).toBe(200)
      expect(text).toContain('[DONE]')
    }
  })

  test('tell usage as the real ones do: asked, unasked, or as they go', async () => {
    for (const endpoint of ['ollama', 'vllm'] as const) {
      expect((await ask(endpoint, streamed)).text).not.toContain('"usage"')
      expect((await ask(endpoint, asked)).text).toContain('"choices":[],"usage":{"prompt_tokens"')
    }
    const chunksWithUsage = async (endpoint: OwnEndpoint) =>
      (await ask(endpoint, streamed)).text.split('"usage"').length - 1
    expect(await chunksWithUsage('mistral')).toBe(1)
    expect(await chunksWithUsage('plain')).toBeGreaterThan(5)
  })

  test('take no key but their own, but for Ollama, which takes any', async () => {
    for (const endpoint of ['mistral', 'vllm', 'gateway', 'plain', 'claude-gateway'] as const)
      expect((await ask(endpoint, asked, 'XwK2c8q0d3h7J1n5p9r4t6v8')).status, endpoint).toBe(401)
    expect((await ask('ollama', asked, 'ollama')).status).toBe(200)
  })
})
