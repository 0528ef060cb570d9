import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SealError } from '../server/crypto/envelope.ts'
import { keyRoutes } from '../server/domain/keys/key-routes.ts'
import { openKey } from '../server/domain/keys/keys.ts'
import { Key, KeyConnected, KeyList } from '../shared/keys.ts'
import { problems, type Slug } from '../shared/problems.ts'
import { Receipt, ReceiptPage } from '../shared/receipts.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from './identity/vault.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'

const anthropicKey = 'sk-ant-sim-canary-0123456789'
const openaiKey = 'sk-sim-canary-0123456789abc'
const SECOND = 1_000

let simulator: Simulator
let world: GivenVault
let owner: Browser

beforeAll(async () => {
  simulator = await startSimulator({ now: () => world.now() })
})
afterAll(() => simulator.close())

beforeEach(async () => {
  world = await givenVault({
    OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
    OWNKEY_OPENAI_URL: simulator.openaiUrl,
  })
  owner = await world.owner()
})
afterEach(() => world.stop())

const connect = (key: string, provider = 'anthropic', by = owner): Promise<Answered> =>
  by.send('POST', '/v1/keys', { provider, key })
const connected = async (key = anthropicKey, provider = 'anthropic') =>
  KeyConnected.parse(JSON.parse((await connect(key, provider)).text))
const list = async () => KeyList.parse(JSON.parse((await owner.send('GET', '/v1/keys')).text)).keys
const slug = ({ problem }: Answered) => problem?.slug
const told = async (kind: string) => (await world.audited()).filter((entry) => entry.kind === kind)
const receipts = async () => {
  const { text } = await owner.send('GET', '/v1/receipts')
  return ReceiptPage.parse(JSON.parse(text)).receipts
}
const stored = async () => {
  const { db } = world.opened.database
  const [keys, versions] = [
    await db.selectFrom('provider_keys').selectAll().execute(),
    await db.selectFrom('provider_key_versions').selectAll().execute(),
  ]
  return { keys, versions }
}

describe('connecting a key', () => {
  test('proves it by one real call that has a receipt, and chooses a model that it may use', async () => {
    const before = simulator.bill()
    const { key, receiptId } = await connected()
    expect(key).toMatchObject({ provider: 'anthropic', label: 'Anthropic', connected: true, state: 'active' })
    expect(key).toMatchObject({ version: 1, primary: true, connectedBy: 'Olga', addressIsDefault: false })
    expect(key.baseAddress).toBe(simulator.anthropicUrl)
    expect(key.model.price).not.toBeNull()
    expect(key.models.map(({ id }) => id)).toContain(key.model.id)
    const answer = await owner.send('GET', `/v1/receipts/${receiptId}`)
    const receipt = Receipt.parse(JSON.parse(answer.text))
    expect(receipt).toMatchObject({ purpose: 'verify', certainty: 'exact', model: key.model.id })
    expect(receipt.attempts).toHaveLength(1)
    expect(receipt.settled).toBe(simulator.bill() - before)
    expect(receipt.settled).toBeGreaterThan(0n)
  })

  test('chooses no model by default that retires within 60 days, nor one that has', async () => {
    const { key } = await connected()
    const soon = world.now() + 60 * 86_400 * SECOND
    expect(key.model.retiresAt === null || key.model.retiresAt > soon).toBe(true)
    for (const { retiresAt } of key.models) expect(retiresAt === null || retiresAt > world.now()).toBe(true)
    expect(new Set(key.models.map(({ id }) => id)).size).toBe(key.models.length)
  })

  test('trims what a paste brings along', async () => {
    expect((await connect(`  ${anthropicKey}\n`)).status).toBe(201)
  })

  test('never shows the key again, nor digits of it, in any answer', async () => {
    const answers = [
      await connect(anthropicKey),
      await owner.send('GET', '/v1/keys'),
      await owner.send('GET', '/v1/status'),
    ]
    answers.push(await owner.send('GET', '/v1/audit'), await owner.send('GET', '/v1/receipts'))
    for (const { text } of answers) expect(text).not.toMatch(/canary|0123456789|6789/)
    expect(inspect(await stored(), { depth: 9 })).not.toContain('canary')
  })

  test('works with a key that may not read the list of models', async () => {
    simulator.plan({ provider: 'anthropic', of: 'models', next: ['list-forbidden'] })
    const { key } = await connected()
    expect(key.models.length).toBeGreaterThan(3)
  })

  test('tries another model when a key without a list may not use the first', async () => {
    simulator.plan({ provider: 'openai', of: 'models', next: ['list-forbidden'] })
    simulator.plan({ provider: 'openai', next: ['model-missing'] })
    const { key } = await connected(openaiKey, 'openai')
    expect((await receipts()).map(({ outcome }) => outcome).toSorted()).toEqual(['answered', 'failed'])
    expect((await receipts()).find(({ outcome }) => outcome === 'answered')?.model).toBe(key.model.id)
  })

  test('of a second provider waits until somebody says that it stands in', async () => {
    await connected()
    const { key } = await connected(openaiKey, 'openai')
    expect(key).toMatchObject({ provider: 'openai', primary: false })
    expect((await list()).map(({ provider, primary }) => [provider, primary])).toEqual([
      ['anthropic', true],
      ['openai', false],
    ])
    const routes = await keyRoutes(world.opened)(world.workspace.id)
    expect(routes.keys.map(({ provider }) => provider)).toEqual(['anthropic'])
    expect(routes).toMatchObject({ backup: false, connected: ['anthropic', 'openai'] })
  })

  test('at the same moment twice stores one', async () => {
    const answers = await Promise.all([connect(anthropicKey), connect(anthropicKey)])
    expect(answers.map((answer) => slug(answer) ?? 'connected').toSorted()).toEqual([
      'connected',
      'key-exists',
    ])
    expect((await stored()).keys).toHaveLength(1)
  })

  test('is written down with who, provider, label and model', async () => {
    const { key } = await connected()
    const [entry] = await told('key-connected')
    expect(entry).toMatchObject({ memberName: 'Olga' })
    expect(entry?.facts).toEqual({
      provider: 'anthropic',
      label: 'Anthropic',
      version: 1,
      model: key.model.id,
    })
  })
})

describe('a key of the wrong shape', () => {
  test.each([
    ['empty', '   '],
    ['line-break', 'sk-ant-sim-canary\n0123456789'],
    ['space', 'sk-ant-sim-canary 0123456789'],
    ['characters', 'sk-ant-sim-canäry-0123456789'],
    ['too-long', `sk-ant-${'a'.repeat(10_000)}`],
    ['too-short', 'sk-ant-short'],
    ['other-provider', 'sk-proj-0123456789abcdef'],
    ['admin-key', 'sk-ant-admin01-0123456789'],
    ['prefix', 'AKIA0123456789abcdef0123'],
  ])('is refused as %s, nobody is asked, and it does not come back', async (flaw, key) => {
    const before = simulator.requests().length
    const answer = await connect(key)
    expect(answer.problem).toMatchObject({ slug: 'key-misshapen', facts: { provider: 'anthropic', flaw } })
    expect(answer.text).not.toContain('canary')
    expect(simulator.requests()).toHaveLength(before)
    expect((await stored()).keys).toEqual([])
  })
})

describe('a key that its provider refuses', () => {
  test.each<[string, Slug, string]>([
    ['key-invalid', 'key-refused', 'key-invalid'],
    ['no-credit', 'key-refused', 'no-credit'],
    ['spend-limit', 'key-refused', 'spend-limit'],
    ['on-hold', 'key-refused', 'on-hold'],
    ['region', 'key-refused', 'region-refused'],
    ['rate-limited', 'key-unverified', 'rate-limited'],
    ['overloaded', 'key-unverified', 'overloaded'],
    ['html-502', 'key-unverified', 'server-error'],
  ])('with %s is answered as %s, never stored, and written down', async (behaviour, expected, reason) => {
    const answer = await connect(`sk-ant-sim-${behaviour}-0123456789`)
    expect(answer.status).toBe(problems[expected].status)
    expect(answer.problem).toMatchObject({ slug: expected, facts: { provider: 'anthropic', reason } })
    const { keys, versions } = await stored()
    expect([...keys, ...versions]).toEqual([])
    expect((await told('key-refused')).map(({ facts }) => facts)).toEqual([
      { provider: 'anthropic', label: 'Anthropic', reason },
    ])
    expect(await list()).toEqual([])
  })

  test('is unknown to the provider and quotes nothing of it', async () => {
    const answer = await connect('sk-ant-api03-canary-0123456789')
    expect(answer.problem).toMatchObject({ slug: 'key-refused', facts: { reason: 'key-invalid' } })
    expect(answer.text).not.toContain('canary')
  })

  test('costs nothing when it was refused, and nothing stays held', async () => {
    await connect('sk-ant-sim-no-credit-0123456789')
    const { cap } = JSON.parse((await owner.send('GET', '/v1/status')).text)
    expect(cap).toMatchObject({ settled: '0.00', held: '0.00' })
  })

  test('is not called when the cap has no room for it', async () => {
    await owner.send('PUT', '/v1/cap', { limit: '0.00' })
    expect(slug(await connect(anthropicKey))).toBe('cap-too-small')
    expect((await stored()).keys).toEqual([])
  })
})

describe('changing a key', () => {
  const change = (id: string, body: unknown) => owner.send('PATCH', `/v1/keys/${id}`, body)

  test('chooses another model of that key', async () => {
    const { key } = await connected()
    const other = key.models.find(({ id, price }) => price !== null && id !== key.model.id)
    const answer = await change(key.id, { model: other?.id })
    expect(Key.parse(JSON.parse(answer.text)).model.id).toBe(other?.id)
    expect((await told('key-changed'))[0]?.facts).toMatchObject({ model: other?.id })
  })

  test('refuses a model without a known price, and one that the key may not use', async () => {
    const { key } = await connected()
    expect(slug(await change(key.id, { model: 'claude-unheard-of' }))).toBe('model-unpriced')
    expect(slug(await change(key.id, { model: 'gpt-6-luna' }))).toBe('model-unpriced')
    const { key: other } = await connected(openaiKey, 'openai')
    expect(slug(await change(other.id, { model: 'o3-mini' }))).toBe('malformed-request')
    expect((await list()).map(({ model }) => model.id)).toEqual([key.model.id, other.model.id])
  })

  test('makes the backup the primary, and the primary the backup', async () => {
    await connected()
    const { key } = await connected(openaiKey, 'openai')
    await owner.send('PUT', '/v1/routing', { backup: 'openai' })
    expect(Key.parse(JSON.parse((await change(key.id, { primary: true })).text)).primary).toBe(true)
    const [first, second] = (await keyRoutes(world.opened)(world.workspace.id)).keys
    expect([first?.provider, second?.provider]).toEqual(['openai', 'anthropic'])
  })

  test('that changes nothing writes nothing down', async () => {
    const { key } = await connected()
    expect((await change(key.id, {})).status).toBe(200)
    expect(await told('key-changed')).toEqual([])
  })
})

describe('disconnecting a key', () => {
  test('destroys its secret, pauses drafting, and keeps its receipts', async () => {
    const { key } = await connected()
    expect((await owner.send('DELETE', `/v1/keys/${key.id}`)).status).toBe(204)
    expect(await list()).toEqual([])
    expect((await stored()).versions.map(({ sealed }) => sealed)).toEqual([null])
    const status = JSON.parse((await owner.send('GET', '/v1/status')).text)
    expect(status.ai).toMatchObject({ on: false, paused: 'no-key' })
    expect(await receipts()).toHaveLength(1)
    expect((await told('key-disconnected'))[0]?.facts).toMatchObject({ provider: 'anthropic', version: 1 })
    expect(slug(await owner.send('DELETE', `/v1/keys/${key.id}`))).toBe('not-found')
  })

  test('makes room for another one of the same provider', async () => {
    const { key } = await connected()
    await owner.send('DELETE', `/v1/keys/${key.id}`)
    expect((await connected('sk-ant-sim-second-0123456789')).key.id).not.toBe(key.id)
  })
})

describe('keys', () => {
  test('do not exist for agents: every route is the same not-found', async () => {
    const { key } = await connected()
    for (const role of ['agent', 'light-agent'] as const) {
      const member = await world.paired(await owner.makeCode({ kind: 'invite', role }))
      const answers = [
        await member.send('GET', '/v1/keys'),
        await connect(anthropicKey, 'anthropic', member),
        await member.send('POST', `/v1/keys/${key.id}/versions`, { key: anthropicKey }),
        await member.send('PATCH', `/v1/keys/${key.id}`, { primary: true }),
        await member.send('DELETE', `/v1/keys/${key.id}`),
        await member.send('DELETE', `/v1/keys/${randomUUID()}`),
      ]
      expect(new Set(answers.map(slug))).toEqual(new Set(['not-found']))
      const bare = ({ text, headers }: Answered) => text.replaceAll(headers.get('x-request-id') ?? '-', 'ID')
      expect(new Set(answers.map(bare)).size).toBe(1)
    }
    expect(await list()).toHaveLength(1)
  })

  test('of another workspace do not exist for an owner', async () => {
    const { key } = await connected()
    await world.opened.database.db.updateTable('provider_keys').set({ workspace_id: randomUUID() }).execute()
    expect(slug(await owner.send('DELETE', `/v1/keys/${key.id}`))).toBe('not-found')
    expect(slug(await owner.send('PATCH', `/v1/keys/${key.id}`, { primary: true }))).toBe('not-found')
    expect(await list()).toEqual([])
  })
})

describe('a sealed key in the database', () => {
  test('does not open when somebody gives it another address, version or row', async () => {
    const { key } = await connected()
    const other = await connected(openaiKey, 'openai')
    const { db } = world.opened.database
    const version = db.updateTable('provider_key_versions').where('key_id', '=', key.id)
    const open = () => openKey(world.opened)(world.workspace.id, key.id, 1)

    await version.set({ base_address: 'https://attacker.example' }).execute()
    await expect(open()).rejects.toThrow(SealError)
    await version.set({ base_address: simulator.anthropicUrl }).execute()
    await expect(open()).resolves.toMatchObject({ secret: anthropicKey })

    const row = (await stored()).versions.find(({ key_id }) => key_id === other.key.id)
    await version.set({ sealed: row?.sealed ?? null }).execute()
    await expect(open()).rejects.toThrow(SealError)
  })
})
