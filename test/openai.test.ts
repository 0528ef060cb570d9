import { describe, expect, test } from 'vitest'
import { openai } from '../server/providers/openai.ts'
import { commonCases } from './provider/contract/cases.ts'
import { keepsTheContract } from './provider/contract/contract.ts'
import {
  callFor,
  failureOf,
  finishOf,
  heard,
  never,
  promptWith,
  providerOf,
  type Subject,
} from './provider/contract/subject.ts'

const subject: Subject = {
  make: openai,
  address: ({ openaiUrl }) => openaiUrl,
  key: 'sk-sim-contract-000000001',
  realLookingKey: `sk-proj-${'x'.repeat(120)}`,
  model: 'gpt-6-luna',
  tokenizer: 'o200k',
  cases: [
    ...commonCases,
    { when: 'error-mid-stream', reason: 'server-error', elsewhere: true, charged: 'unknown' },
    { when: 'failed-event', reason: 'server-error', elsewhere: true, charged: 'unknown' },
  ],
}

const longThread = promptWith(
  `My parcel is late. ${'It should have come on Monday, the shop said. '.repeat(400)}When?`,
)

describe('the adapter for OpenAI', () => {
  const running = keepsTheContract(subject)

  test('takes what was read from the cache and written to it out of the input', async () => {
    const provider = providerOf(subject)
    const call = callFor(subject, running(), { prompt: longThread })
    const first = finishOf(await heard(provider.call(call, never)))
    const again = finishOf(await heard(provider.call(call, never)))
    expect(first?.usage?.cacheWrite30m).toBeGreaterThan(1_024)
    expect(again?.usage).toMatchObject({ cacheRead: first?.usage?.cacheWrite30m, cacheWrite30m: 0 })
    expect([first?.usage, again?.usage]).toEqual(
      running()
        .calls()
        .slice(-2)
        .map(({ buckets }) => buckets),
    )
  })

  test('bills no write on models that have no price for it', async () => {
    const call = callFor(subject, running(), { prompt: longThread, model: 'gpt-4o' })
    const finish = finishOf(await heard(providerOf(subject).call(call, never)))
    expect(finish?.usage?.cacheWrite30m).toBe(0)
    expect(finish?.model).toBe('gpt-4o-2024-08-06')
  })

  test('takes reasoning out of the output', async () => {
    const finish = finishOf(await heard(providerOf(subject).call(callFor(subject, running()), never)))
    expect(finish?.usage?.reasoning).toBeGreaterThan(0)
    expect(finish?.usage).toEqual(running().calls().at(-1)?.buckets)
  })

  test('asks for no reasoning, or for little, as the model’s profile says', async () => {
    const provider = providerOf(subject)
    const none = finishOf(
      await heard(provider.call(callFor(subject, running(), { reasoning: 'no-effort' }), never)),
    )
    const little = finishOf(
      await heard(provider.call(callFor(subject, running(), { reasoning: 'low-effort' }), never)),
    )
    expect([none?.usage?.reasoning, little?.usage?.reasoning]).toEqual([0, 48])
  })

  test('knows nothing of an answer that broke off', async () => {
    running().plan({ provider: 'openai', next: ['reset-mid-stream'] })
    const failure = failureOf(await heard(providerOf(subject).call(callFor(subject, running()), never)))
    expect(failure?.usage).toEqual({})
  })

  test('lists models with the day of their end, also those that cannot draft', async () => {
    const key = { secret: subject.key, baseAddress: running().openaiUrl }
    const answer = await providerOf(subject).models(key, never)
    const listed = 'listed' in answer ? (answer.listed ?? []) : []
    expect(listed.find(({ id }) => id === 'gpt-4o')?.retiresAt).toBe(Date.parse('2027-01-14'))
    expect(listed.find(({ id }) => id === 'gpt-6-luna')?.retiresAt).toBeUndefined()
    expect(listed.some(({ id }) => id === 'text-embedding-3-small')).toBe(true)
  })

  test('counts the input by itself, and not at all where the model’s tokenizer is not known', async () => {
    const simulator = running()
    const before = simulator.requests().length
    const call = callFor(subject, simulator)
    expect(await providerOf(subject).count(call, 'o200k', never)).toBeGreaterThan(0)
    expect(await providerOf(subject).count(call, 'new', never)).toBeUndefined()
    expect(simulator.requests().length).toBe(before)
  })

  test('counts a text without a space piece by piece, lets others work meanwhile, and stops when nobody waits', async () => {
    const words = '我的包裹还没有到什么时候能收到'.repeat(4_000)
    const call = callFor(subject, running(), { prompt: promptWith(words) })
    let [turns, done] = [0, false]
    const takeTurn = (): void => {
      turns += 1
      if (!done) setImmediate(takeTurn)
    }
    takeTurn()
    const counted = (await providerOf(subject).count(call, 'o200k', never)) ?? 0
    done = true
    expect(counted).toBeGreaterThan(40_000)
    expect(counted).toBeLessThan(45_000)
    expect(turns).toBeGreaterThan(10)
    const stop = new AbortController()
    const given = providerOf(subject).count(call, 'o200k', stop.signal)
    setImmediate(() => stop.abort())
    expect(await given).toBeUndefined()
  })
})
