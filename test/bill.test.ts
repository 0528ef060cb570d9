import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inputBound, upperBound } from '../server/domain/prices/bound.ts'
import { costOf } from '../server/domain/prices/cost.ts'
import { catalogue } from '../server/domain/prices/model-catalogue.ts'
import { type ModelProfile, priceFor } from '../server/domain/prices/models.ts'
import type { Call, Provider } from '../server/domain/provider.ts'
import { outboundFetch } from '../server/outbound/fetch.ts'
import { anthropic } from '../server/providers/anthropic.ts'
import { openai } from '../server/providers/openai.ts'
import type { ProviderName } from '../shared/providers.ts'
import { finishOf, heard, never } from './provider/contract/subject.ts'
import { type Behaviour, type Simulator, startSimulator } from './provider/simulator.ts'

const DAY = Date.parse('2026-11-21T10:00:00Z')

const living = catalogue.filter(({ retiresAt }) => retiresAt === undefined || retiresAt > DAY)

const threads = {
  English: 'My parcel #10293 is late, the shop said Monday. When will it arrive? '.repeat(120),
  Chinese: '我的包裹还没有到，什么时候能收到？'.repeat(200),
  Arabic: 'لم يصل طردي بعد، متى سيصل؟ ﷺ '.repeat(150),
  emoji: '📦😡🚚👩🏽‍💻 '.repeat(150),
  symbols: '{"a":[1,2,3],"b":"\\u0000"}\t;;;%%%'.repeat(150),
}

describe('what the vault computes for a call', () => {
  let simulator: Simulator
  let providers: Record<ProviderName, Provider>
  beforeAll(async () => {
    simulator = await startSimulator({ now: () => DAY })
    const parts = { fetch: outboundFetch(), headersMs: 20_000, idleMs: 20_000, totalMs: 60_000 }
    providers = { anthropic: anthropic(parts), openai: openai(parts) }
  })
  afterAll(() => simulator.close())

  const keys = () => ({
    anthropic: { secret: 'sk-ant-sim-bill-00000001', baseAddress: simulator.anthropicUrl },
    openai: { secret: 'sk-sim-bill-000000000001', baseAddress: simulator.openaiUrl },
  })

  const callOf = (profile: ModelProfile, thread: string): Call => ({
    key: keys()[profile.provider],
    model: profile.id,
    prompt: {
      system: 'You draft replies for a support agent. '.repeat(150),
      thread,
      ask: 'Write a draft reply.',
    },
    outputLimit: profile.draftOutputTokens,
    reasoning: profile.reasoning,
    cacheKey: 'workspace',
  })

  const made = async (profile: ModelProfile, thread: string, behaviour: Behaviour) => {
    const { provider } = profile
    simulator.plan({ provider, next: [behaviour] })
    const finish = finishOf(await heard(providers[provider].call(callOf(profile, thread), never)))
    const priced = priceFor(provider, profile.id, DAY)
    if (finish?.usage === undefined || priced === undefined) throw new Error(`${profile.id} did not answer`)
    const multiplier = finish.region === 'us' ? profile.geoMultiplier : null
    const { system, ask } = callOf(profile, thread).prompt
    return {
      computed: costOf(priced.entry, finish.usage, { multiplier }).total,
      billed: simulator.calls().at(-1)?.picodollars ?? -1n,
      held: upperBound(priced.entry, profile, inputBound([system, thread, ask]), profile.draftOutputTokens),
    }
  }

  for (const profile of living) {
    test(`equals the bill of ${profile.id} to the picodollar, cached or not, and is never above the hold`, async () => {
      const behaviours = ['healthy', 'healthy', 'geo-us', 'limit'] as const
      for (const [language, thread] of Object.entries(threads)) {
        for (const behaviour of behaviours) {
          const { computed, billed, held } = await made(profile, thread, behaviour)
          expect(computed, `${language}, ${behaviour}`).toBe(billed)
          expect(billed <= held, `${language}, ${behaviour}: ${billed} of ${held}`).toBe(true)
        }
      }
    })
  }

  test('is tried on the models of both providers', () => {
    expect(new Set(living.map(({ provider }) => provider)).size).toBe(2)
    expect(living.length).toBeGreaterThan(20)
  })
})
