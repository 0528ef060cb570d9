import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inputBound, upperBound } from '../../server/domain/prices/bound.ts'
import { costOf } from '../../server/domain/prices/cost.ts'
import { bedrockModels } from '../../server/domain/prices/model-catalogue/bedrock.ts'
import { type ModelProfile, priceFor } from '../../server/domain/prices/models.ts'
import type { Call } from '../../server/domain/provider.ts'
import { outboundFetch } from '../../server/outbound/fetch.ts'
import { bedrock } from '../../server/providers/bedrock/bedrock.ts'
import type { BedrockRegion } from '../../shared/keys.ts'
import { soldOnBedrock } from '../provider/bedrock/models.ts'
import { SIMULATED_SECRET } from '../provider/bedrock/signature.ts'
import { keyIn } from '../provider/bedrock/subject.ts'
import { finishOf, heard, never } from '../provider/contract/subject.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'

const DAY = Date.parse('2026-11-21T10:00:00Z')

const homes: Readonly<Record<string, BedrockRegion>> = {
  us: 'us-east-2',
  eu: 'eu-north-1',
  jp: 'ap-northeast-1',
  au: 'ap-southeast-2',
  in: 'ap-south-1',
  global: 'sa-east-1',
  anthropic: 'eu-central-1',
}

/** Without a profile only some models answer. */
const needProfile = new Set(soldOnBedrock.filter(({ onDemand }) => !onDemand).map(({ base }) => base))
const living = bedrockModels.filter(({ id }) => !needProfile.has(id))

const threads = {
  English: 'My parcel #10293 is late, the shop said Monday. When will it arrive? '.repeat(300),
  emoji: '📦😡🚚👩🏽‍💻 '.repeat(60),
}

describe('what the vault computes for a call on Bedrock', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ now: () => DAY })
  })
  afterAll(() => simulator.close())
  const provider = bedrock({ fetch: outboundFetch(), headersMs: 20_000, idleMs: 20_000, totalMs: 60_000 })

  const callOf = (profile: ModelProfile, thread: string): Call => ({
    key: {
      secret: `AKIASIMULATED0000001:${SIMULATED_SECRET}`,
      baseAddress: simulator.bedrockUrl,
      endpoint: keyIn(homes[profile.id.split('.')[0] ?? ''] ?? 'us-east-1'),
    },
    model: profile.id,
    prompt: {
      system: 'You draft replies for a support agent. '.repeat(250),
      thread,
      ask: 'Write a draft reply.',
    },
    outputLimit: profile.draftOutputTokens,
    reasoning: profile.reasoning,
    cacheKey: 'workspace',
  })

  test.each(living)(
    'equals the bill of $id to the picodollar, cached or not, and is never above the hold',
    async (profile) => {
      const entry = priceFor('bedrock', profile.id, DAY)?.entry
      if (entry === undefined) throw new Error(`${profile.id} has no price`)
      for (const [language, thread] of Object.entries(threads)) {
        const call = callOf(profile, thread)
        const { system, ask } = call.prompt
        const hold = upperBound(entry, profile, inputBound([system, thread, ask]), call.outputLimit)
        for (const behaviour of ['healthy', 'without-split', 'limit'] as const) {
          simulator.plan({ provider: 'bedrock', next: [behaviour] })
          const finish = finishOf(await heard(provider.call(call, never)))
          if (finish?.usage === undefined) throw new Error(`${profile.id} did not answer`)
          const billed = simulator.calls().at(-1)?.picodollars ?? -1n
          expect(finish.doubt).toBeUndefined()
          expect(costOf(entry, finish.usage, { multiplier: null }).total, `${language}, ${behaviour}`).toBe(
            billed,
          )
          expect(billed <= hold, `${language}, ${behaviour}: ${billed} of ${hold}`).toBe(true)
        }
      }
    },
  )

  test('is tried in every part of the world', () => {
    expect(new Set(living.map(({ id }) => id.split('.')[0])).size).toBe(Object.keys(homes).length)
  })
})
