import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metricsReader } from '../server/metrics.ts'
import { given, type World } from './world.ts'

const TOKEN = 'a-token-that-the-operator-chose'

const sampleOf = (text: string, name: string, labels: Readonly<Record<string, string>>): number => {
  const line = text
    .split('\n')
    .find(
      (one) =>
        one.startsWith(`${name}{`) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    )
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}

describe('the metrics of a vault', () => {
  let world: World
  let text: string

  const read = (authorization?: string): Promise<Response> =>
    fetch(`${world.address()}/metrics`, authorization === undefined ? {} : { headers: { authorization } })

  beforeAll(async () => {
    world = await given({ settings: { OWNKEY_METRICS_TOKEN: TOKEN } })
    const { owner, simulator } = world
    await owner.ask('Where is my parcel?')
    simulator.plan({ provider: 'anthropic', next: [{ do: 'overloaded' }] })
    await owner.ask('And my refund?')
    await owner.setCap('0')
    await owner.ask('Hello?')
    await fetch(`${world.address()}/not-a-route/of/ours`)
    text = await (await read(`Bearer ${TOKEN}`)).text()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test('count answers by route, status and problem', () => {
    expect(
      sampleOf(text, 'ownkey_answer_seconds_count', { route: '/v1/cap', method: 'PUT', status: '200' }),
    ).toBe(1)
    const refused = { route: '/v1/drafts', status: '402', slug: 'cap-too-small' }
    expect(sampleOf(text, 'ownkey_answer_seconds_count', refused)).toBe(1)
    expect(sampleOf(text, 'ownkey_answer_seconds_count', { route: 'none', status: '404' })).toBeGreaterThan(0)
  })

  test('count provider calls by how they ended', () => {
    const drafts = { provider: 'anthropic', purpose: 'draft' }
    expect(sampleOf(text, 'ownkey_attempt_seconds_count', { ...drafts, outcome: 'answered' })).toBe(1)
    const failed = { ...drafts, outcome: 'failed', failure: 'overloaded' }
    expect(sampleOf(text, 'ownkey_attempt_seconds_count', failed)).toBe(1)
    expect(sampleOf(text, 'ownkey_attempt_seconds_count', { purpose: 'verify' })).toBe(1)
  })

  test('tell what runs now, and of the process', () => {
    expect(text).toContain('ownkey_open_works 0')
    expect(text).toContain('process_resident_memory_bytes')
  })

  test('name no workspace, member, site, key or path', async () => {
    const { workspace, member } = await world.owner.status()
    for (const word of [
      workspace.id,
      workspace.name,
      member.id,
      member.name,
      'desk.example',
      'not-a-route',
      'sk-',
    ])
      expect(text).not.toContain(word)
  })

  test('do not exist for whoever has not the operator’s token', async () => {
    for (const authorization of [undefined, '', TOKEN, `Bearer ${TOKEN}x`, 'Bearer ']) {
      const answer = await read(authorization)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ])
    }
  })
})

describe('without a token', () => {
  const onLoopback = metricsReader(undefined, () => 'http://127.0.0.1:8787')
  const behindProxy = metricsReader(undefined, () => 'https://vault.example')

  test('the metrics of a vault on loopback are read by its own name only', () => {
    expect(onLoopback({ host: 'localhost:8787' })).toBe(true)
    expect(onLoopback({ host: 'rebound.example:8787' })).toBe(false)
  })

  test('those of a vault behind a proxy are read by nobody, whatever the Host says', () => {
    for (const host of ['vault.example', '127.0.0.1', '127.0.0.1:8787', 'localhost'])
      expect(behindProxy({ host })).toBe(false)
  })
})
