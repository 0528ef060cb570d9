import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inputBound, upperBound } from '../server/domain/prices/bound.ts'
import { costOf } from '../server/domain/prices/cost.ts'
import { catalogue } from '../server/domain/prices/model-catalogue.ts'
import { type ModelProfile, priceFor } from '../server/domain/prices/models.ts'
import type { Call, Provider } from '../server/domain/provider.ts'
import { outboundFetch } from '../server/outbound/fetch.ts'
import { anthropic } from '../server/providers/anthropic.ts'
import { openai } from '../server/providers/openai.ts'
import { ReportingProvider } from '../shared/providers.ts'
import { finishOf, heard, never } from './provider/contract/subject.ts'
import { type Behaviour, type Simulator, startSimulator } from './provider/simulator.ts'

const DAY = Date.parse('2026-11-21T10:00:00Z')

type Simulated = ModelProfile & { readonly provider: ReportingProvider }

const living = catalogue.filter(
  (profile): profile is Simulated =>
    ReportingProvider.safeParse(profile.provider).success &&
    (profile.retiresAt === undefined || profile.retiresAt > DAY),
)

const threads = {
  English: 'My parcel #10293 is late, the shop said Monday. When will it arrive? '.repeat(120),
  Chinese: '我的包裹还没有到，什么时候能收到？'.repeat(200),
  Arabic: 'لم يصل طردي بعد، متى سيصل؟ ﷺ '.repeat(150),
  emoji: '📦😡🚚👩🏽‍💻 '.repeat(150),
  Thai: 'พัสดุของฉันยังไม่มาถึง เมื่อไหร่จะได้รับ '.repeat(80),
  Hindi: 'मेरा पार्सल अभी तक नहीं आया, वह कब आएगा? '.repeat(80),
  symbols: '{"a":[1,2,3],"b":"\\u0000"}\t;;;%%%'.repeat(150),
}

describe('what the vault computes for a call', () => {
  let simulator: Simulator
  let providers: Record<ReportingProvider, Provider>
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

  const callOf = (profile: Simulated, thread: string): Call => ({
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

  const pricedFor = ({ provider, id }: ModelProfile) => {
    const priced = priceFor(provider, id, DAY)
    if (priced === undefined) throw new Error(`${id} has no price`)
    return priced
  }

  /** What is held for a call by the bytes of its input, and by a count of them. */
  const holdsFor = async (profile: Simulated, thread: string) => {
    const { entry } = pricedFor(profile)
    const call = callOf(profile, thread)
    const { system, ask } = call.prompt
    const bytes = inputBound([system, thread, ask])
    const counted = await providers[profile.provider].count(call, profile.tokenizer, never)
    if (counted === undefined) throw new Error(`${profile.id} was not counted`)
    const boundOf = (tokens: number) => upperBound(entry, profile, tokens, profile.draftOutputTokens)
    return { byBytes: boundOf(bytes), refined: boundOf(Math.min(bytes, counted)) }
  }

  const made = async (profile: Simulated, thread: string, behaviour: Behaviour) => {
    const { provider } = profile
    simulator.plan({ provider, next: [behaviour] })
    const finish = finishOf(await heard(providers[provider].call(callOf(profile, thread), never)))
    if (finish?.usage === undefined) throw new Error(`${profile.id} did not answer`)
    const multiplier = finish.region === 'us' ? profile.geoMultiplier : null
    return {
      computed: costOf(pricedFor(profile).entry, finish.usage, { multiplier }).total,
      billed: simulator.calls().at(-1)?.picodollars ?? -1n,
    }
  }

  for (const profile of living) {
    test(`equals the bill of ${profile.id} to the picodollar, cached or not, and is never above the hold, be it by bytes or by a count`, async () => {
      const behaviours = ['healthy', 'healthy', 'geo-us', 'limit'] as const
      for (const [language, thread] of Object.entries(threads)) {
        const { byBytes, refined } = await holdsFor(profile, thread)
        expect(refined < byBytes, language).toBe(true)
        for (const behaviour of behaviours) {
          const { computed, billed } = await made(profile, thread, behaviour)
          expect(computed, `${language}, ${behaviour}`).toBe(billed)
          expect(billed <= refined, `${language}, ${behaviour}: ${billed} of ${refined}`).toBe(true)
        }
      }
    })
  }

  test('is tried on the models of both providers', () => {
    expect(new Set(living.map(({ provider }) => provider)).size).toBe(2)
    expect(living.length).toBeGreaterThan(20)
  })
})
