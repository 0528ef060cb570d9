import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyIdOf } from '../provider/reports/organization.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'

const MORNING = Date.parse('2026-11-20T10:00:30Z')
const DAY = { starting_at: '2026-11-20T00:00:00Z', ending_at: '2026-11-21T00:00:00Z' }
const UNIX_DAY = { start_time: 1_795_132_800, end_time: 1_795_219_200 }
const keys = { anthropic: 'sk-ant-sim-healthy-000001', openai: 'sk-sim-healthy-00000001' }

const all = async <Item>(pages: AsyncIterable<Item>): Promise<Item[]> => {
  const items: Item[] = []
  for await (const item of pages) items.push(item)
  return items
}

describe('the simulated reports', () => {
  let clock = MORNING
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ now: () => clock })
    for (const minute of [0, 0, 5]) {
      clock = MORNING + minute * 60_000
      await claude(keys.anthropic).messages.create({
        model: 'claude-haiku-5-5',
        max_tokens: 600,
        messages: [{ role: 'user', content: 'Where is my parcel?' }],
      })
      await gpt(keys.openai, null).responses.create({ model: 'gpt-6-luna', input: 'Where is my parcel?' })
    }
    clock = Date.parse('2026-11-21T06:00:00Z')
  })
  afterAll(() => simulator.close())

  const claude = (apiKey = 'sk-ant-admin-sim-healthy-0001') =>
    new Anthropic({
      apiKey,
      authToken: null,
      baseURL: simulator.anthropicUrl,
      maxRetries: 0,
      logLevel: 'off',
    })
  const gpt = (apiKey: string | null = null, adminAPIKey: string | null = 'sk-admin-sim-healthy-0001') =>
    new OpenAI({
      apiKey,
      adminAPIKey,
      organization: null,
      project: null,
      baseURL: simulator.openaiUrl,
      maxRetries: 0,
      logLevel: 'off',
    })
  const analytics = () => claude().beta.organization.analytics
  const billOf = (provider: 'anthropic' | 'openai') =>
    simulator
      .calls()
      .filter((call) => call.provider === provider)
      .reduce((sum, { picodollars }) => sum + picodollars, 0n)

  test('give Anthropic’s usage by key, model and minute, page by page', async () => {
    const items = await all(
      analytics().usage.list({
        ...DAY,
        time_bucket_width: '1m',
        group_by: ['api_key_id', 'model'],
        limit: 1,
      }),
    )
    expect(items.map(({ starting_at, usage }) => [starting_at, usage.requests])).toEqual([
      ['2026-11-20T10:05:00.000Z', 1],
      ['2026-11-20T10:00:00.000Z', 2],
    ])
    const [one] = simulator.calls()
    expect(items[0]?.group).toMatchObject({
      api_key_id: keyIdOf('anthropic', keys.anthropic),
      model: 'claude-haiku-5-5',
      actor: null,
    })
    expect(items[0]?.usage).toMatchObject({
      uncached_input_tokens: one?.buckets.freshInput,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: (one?.buckets.output ?? 0) + (one?.buckets.reasoning ?? 0),
    })
  })

  test('give Anthropic’s list amounts as strings of fractional cents that add up to the bill', async () => {
    const whole = await all(
      analytics().cost.list({ ...DAY, time_bucket_width: '1d', group_by: ['api_key_id', 'model'] }),
    )
    const types = await all(analytics().cost.list({ ...DAY, group_by: ['model', 'token_type'] }))
    const [row] = whole
    expect(whole).toHaveLength(1)
    expect(row?.cost).toMatchObject({ currency: 'USD', requests: 3 })
    const picodollars = (cents = '0') =>
      BigInt(cents.replace('.', '').padEnd(cents.split('.', 1).join('').length + 10, '0'))
    expect(picodollars(row?.cost.list_amount)).toBe(billOf('anthropic'))
    expect(types.map(({ group, cost }) => [group.token_type, cost.requests])).toEqual([
      ['uncached_input_tokens', null],
      ['output_tokens', null],
    ])
    expect(types.reduce((sum, { cost }) => sum + picodollars(cost.list_amount), 0n)).toBe(billOf('anthropic'))
  })

  test('name Anthropic’s keys by an id and a hint, never by the key', async () => {
    const known = await all(claude().beta.organization.apiKeys.list({ limit: 1 }))
    expect(known).toMatchObject([
      {
        id: keyIdOf('anthropic', keys.anthropic),
        partial_key_hint: 'sk-ant-sim-healt...0001',
        status: 'active',
      },
    ])
    expect(JSON.stringify(known)).not.toContain(keys.anthropic)
  })

  test('give OpenAI’s usage in buckets of unix seconds, empty ones as well', async () => {
    const usage = gpt().admin.organization.usage
    const wish: Parameters<typeof usage.completions>[0] = {
      ...UNIX_DAY,
      bucket_width: '1m',
      group_by: ['api_key_id', 'model'],
    }
    const first = await usage.completions({ ...wish, limit: 1_000 })
    const second = await usage.completions({ ...wish, limit: 1_000, page: first.next_page ?? '' })
    expect([first.data.length, second.data.length, second.has_more]).toEqual([1_000, 440, false])
    const filled = first.data.filter(({ results }) => results.length > 0)
    expect(filled.map(({ start_time }) => start_time)).toEqual([1_795_168_800, 1_795_169_100])
    expect(filled[0]?.results[0]).toMatchObject({
      object: 'organization.usage.completions.result',
      num_model_requests: 2,
      api_key_id: keyIdOf('openai', keys.openai),
      model: simulator.calls()[1]?.model,
    })
  })

  test('give OpenAI’s costs by line item as floating dollars', async () => {
    const { data } = await gpt().admin.organization.usage.costs({
      ...UNIX_DAY,
      group_by: ['api_key_id', 'line_item'],
    })
    const results = data.flatMap((bucket) => bucket.results)
    const lines = results.flatMap((result) => (result.object === 'organization.costs.result' ? [result] : []))
    expect(lines.map(({ line_item }) => line_item?.split(', ')[1])).toEqual(['input_tokens', 'output_tokens'])
    const total = lines.reduce((sum, { amount }) => sum + (amount?.value ?? 0), 0)
    expect(total).toBeCloseTo(Number(billOf('openai')) / 1e12, 9)
  })

  test('name OpenAI’s keys by project', async () => {
    const { projects } = gpt().admin.organization
    const [project] = await all(projects.list())
    const known = await all(projects.apiKeys.list(project?.id ?? ''))
    expect(known).toMatchObject([
      { id: keyIdOf('openai', keys.openai), redacted_value: 'sk-sim-healt...0001' },
    ])
  })

  test('are for administrators’ keys alone, and those are for nothing else', async () => {
    const asDrafter = claude(keys.anthropic).beta.organization.analytics.usage.list(DAY)
    await expect(asDrafter).rejects.toMatchObject({ status: 403, type: 'permission_error' })
    const models = claude().models.list()
    await expect(models).rejects.toMatchObject({ status: 401 })
    const byDrafter = gpt(null, keys.openai).admin.organization.usage.costs(UNIX_DAY)
    await expect(byDrafter).rejects.toMatchObject({ status: 403 })
    await expect(gpt('sk-admin-sim-healthy-0001', null).models.list()).rejects.toMatchObject({ status: 401 })
  })

  test('refuse what the real ones refuse: no beta header, a range that is too long, no end', async () => {
    const plain = claude().get('/v1/organizations/analytics/usage', { query: DAY })
    await expect(plain).rejects.toMatchObject({ status: 400 })
    const long = analytics().usage.list({
      ...DAY,
      ending_at: '2026-11-22T00:00:00Z',
      time_bucket_width: '1m',
    })
    await expect(long).rejects.toMatchObject({ status: 400 })
    const endless = analytics().cost.list({ starting_at: DAY.starting_at, time_bucket_width: '1d' })
    await expect(endless).rejects.toMatchObject({ status: 400 })
    const wide = gpt().admin.organization.usage.completions({ ...UNIX_DAY, bucket_width: '1m', limit: 2_000 })
    await expect(wide).rejects.toMatchObject({ status: 400 })
  })

  test('depart as they are told: a foreign use, another price, a late arrival, a call that is left out', async () => {
    const usage = async () => {
      const items = await all(analytics().usage.list({ ...DAY, group_by: ['model'] }))
      return items.map((item) => item.usage.requests)
    }
    const at = MORNING
    simulator.spendElsewhere({
      provider: 'anthropic',
      key: keys.anthropic,
      model: 'claude-haiku-5-5',
      usage: { output: 10 },
      at,
    })
    expect(await usage()).toEqual([4])
    const [first, , second] = simulator.calls()
    simulator.leaveOut(first?.id ?? '')
    simulator.leaveOut(second?.id ?? '', clock + 3_600_000)
    expect(await usage()).toEqual([2])
    clock += 3_600_000
    expect(await usage()).toEqual([3])
    const before = simulator.bill()
    simulator.reprice('claude-haiku-5-5', 150)
    simulator.spendElsewhere({
      provider: 'anthropic',
      key: keys.anthropic,
      model: 'claude-haiku-5-5',
      usage: { output: 10 },
      at,
    })
    expect(simulator.bill() - before).toBe((10n * 500_000n * 150n) / 100n)
  })
})
