import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { walk } from '../server/crypto/chain.ts'
import { wholeChain } from '../server/store/books/events.ts'
import type { Database } from '../server/store/database.ts'
import { openPostgres } from '../server/store/postgres.ts'
import { Cap } from '../shared/cap.ts'
import { Key, KeyList, Rehearsal } from '../shared/keys.ts'
import { DeviceList } from '../shared/members.ts'
import { pico, Usd } from '../shared/money.ts'
import { freePort, startProxy, type VaultProxy } from './proxy.ts'
import { startVaultProcess, type VaultProcess } from './vault-process.ts'
import { draftRequest, given, until, type World } from './world.ts'

/** Long enough that a heartbeat of the stream comes before its end. */
const SLOWLY = { do: 'slow', delayMs: 900 } as const

type Port = number

/** Three vault processes on one database, behind one address; the first one is the world's own. */
const threeVaults = async () => {
  const ports: [Port, Port, Port] = [await freePort(), await freePort(), await freePort()]
  const [a, b, c] = ports
  const proxy = await startProxy()
  proxy.to(a)
  const settings = { OWNKEY_URL: proxy.address, PORT: String(a) }
  const world = await given({ process: true, settings })
  const [second, third] = await Promise.all(
    [b, c].map((port) => startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })),
  )
  if (second === undefined || third === undefined) throw new Error('a vault was not started')
  const database = openPostgres(world.settings.DATABASE_URL ?? '')
  return { world, proxy, database, ports, second, third }
}

const Facts = z.object({
  facts: z.object({ attempt: z.string(), held: z.string(), settled: z.string().optional() }),
})

/** The most that was ever settled and held at once, counted along the chain. */
const highestOf = (chain: readonly { readonly bytes: string }[]): bigint => {
  const counted = new Map<string, bigint>()
  let highest = 0n
  for (const { bytes } of chain) {
    const { attempt, held, settled } = Facts.parse(JSON.parse(bytes)).facts
    counted.set(attempt, Usd.decode(settled ?? held))
    const now = [...counted.values()].reduce((sum, amount) => sum + amount, 0n)
    if (now > highest) highest = now
  }
  return highest
}

describe('three vaults on one database', () => {
  let world: World
  let proxy: VaultProxy
  let database: Database
  let ports: [Port, Port, Port]
  let second: VaultProcess
  let third: VaultProcess

  beforeAll(async () => {
    const all = await threeVaults()
    ;({ world, proxy, database, ports, second, third } = all)
  })
  afterAll(async () => {
    await Promise.all([second.stop(), third.stop()])
    await database.close()
    await world[Symbol.asyncDispose]()
    await proxy.close()
  })

  /** Asks through one vault until the first text comes; the stream goes on. */
  const begin = async (person: World['owner'], port: Port) => {
    const begun = Promise.withResolvers<void>()
    proxy.to(port)
    world.simulator.plan({ provider: 'anthropic', next: [SLOWLY] })
    const ended = person
      .draft(draftRequest('Where is my parcel?'), {
        onEvent: ({ type }) => type === 'text-delta' && begun.resolve(),
      })
      .then(
        ({ cut }) => (cut ? 'cut' : 'whole'),
        () => 'broken',
      )
    await begun.promise
    return { ended }
  }

  const draftsOf = async (name: string) =>
    (await world.owner.receipts()).filter(
      ({ purpose, memberName }) => purpose === 'draft' && memberName === name,
    )

  test('have one workspace, and know the browser that paired with one of them', async () => {
    for (const port of ports) {
      proxy.to(port)
      expect(await world.owner.status()).toMatchObject({ workspace: { name: 'Acme Support' } })
    }
    expect(await database.db.selectFrom('workspaces').select('id').execute()).toHaveLength(1)
  })

  test('take a token that another one gave', async () => {
    const [a, ...others] = ports
    proxy.to(a)
    world.owner.forgetToken()
    await world.owner.currentToken()
    for (const port of others) {
      proxy.to(port)
      expect((await world.owner.request('GET', '/v1/cap')).status).toBe(200)
    }
  })

  test('refuse a proof that another one has seen', async () => {
    const [a, ...others] = ports
    const token = await world.owner.currentToken()
    const dpop = await world.owner.proof({ method: 'GET', address: `${proxy.address}/v1/cap`, token })
    const show = (port: Port) => {
      proxy.to(port)
      return world.owner.request('GET', '/v1/cap', undefined, { headers: { dpop } })
    }
    expect((await show(a)).status).toBe(200)
    for (const port of others)
      expect((await show(port)).problem).toMatchObject({
        slug: 'proof-refused',
        facts: { reason: 'replayed' },
      })
  })

  test('use a replaced key at once', async () => {
    const [a, b, c] = ports
    proxy.to(b)
    const first = await world.owner.ask('Where is it?')
    const keyVersion = first.receipt?.attempts[0]?.keyVersion ?? 0
    proxy.to(a)
    const { keys } = await world.owner.read('/v1/keys', KeyList)
    const path = `/v1/keys/${keys[0]?.id}`
    const secret = { key: 'sk-ant-sim-healthy-another-0123456789' }
    const { version } = await world.owner.change('POST', `${path}/versions`, secret, Rehearsal)
    await world.owner.change('PUT', `${path}/version`, { version }, Key)
    for (const port of [b, c]) {
      proxy.to(port)
      const { receipt } = await world.owner.ask('And now?')
      expect(receipt?.attempts.map((attempt) => attempt.keyVersion)).toEqual([keyVersion + 1])
    }
  })

  test('turn a removed browser away everywhere, and end its open stream', async () => {
    const [a, b, c] = ports
    proxy.to(a)
    const anna = await world.owner.invite('agent', 'Anna')
    const { ended } = await begin(anna, b)
    proxy.to(a)
    const { devices } = await world.owner.read('/v1/devices', DeviceList)
    const hers = devices.find(({ current }) => !current)
    expect((await world.owner.request('DELETE', `/v1/devices/${hers?.id}`)).status).toBeLessThan(300)
    for (const port of [a, b, c]) {
      proxy.to(port)
      expect((await anna.request('GET', '/v1/cap')).problem?.slug).toBe('device-removed')
    }
    expect(await ended).toBe('cut')
    const receipts = await until(
      () => draftsOf('Anna'),
      (all) => all.every(({ certainty }) => certainty !== 'pending'),
    )
    expect(receipts).toMatchObject([{ outcome: 'answered', certainty: 'exact' }])
  })

  test('give a member the new role everywhere, and turn a removed one away everywhere, also in an open stream', async () => {
    const [a, b, c] = ports
    proxy.to(a)
    const bea = await world.owner.invite('agent', 'Bea')
    const beasId = await bea.memberId()
    expect((await world.owner.request('PATCH', `/v1/members/${beasId}`, { role: 'admin' })).status).toBe(200)
    for (const port of [b, c]) {
      proxy.to(port)
      expect((await bea.members()).map(({ role }) => role)).toContain('admin')
    }
    const { ended } = await begin(bea, b)
    proxy.to(c)
    expect((await world.owner.request('DELETE', `/v1/members/${beasId}`)).status).toBe(204)
    for (const port of ports) {
      proxy.to(port)
      expect((await bea.request('GET', '/v1/cap')).problem?.slug).toBe('device-removed')
    }
    expect(await ended).toBe('cut')
    await until(
      () => draftsOf('Bea'),
      (all) => all.every(({ certainty }) => certainty !== 'pending'),
    )
  })

  test('hand ownership over once when several are asked at the same moment', async () => {
    proxy.to(...ports)
    const heirs = [await world.owner.invite('admin', 'Cleo'), await world.owner.invite('admin', 'Dora')]
    const ids = await Promise.all(heirs.map((heir) => heir.memberId()))
    const answers = await Promise.all(
      [...ids, ...ids, ...ids].map((memberId) => world.owner.request('POST', '/v1/owner', { memberId })),
    )
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    const owners = (await world.owner.members()).filter(({ role }) => role === 'owner')
    expect(owners).toHaveLength(1)
    const heir = heirs[ids.indexOf(owners[0]?.id ?? '')]
    await heir?.request('POST', '/v1/owner', { memberId: await world.owner.memberId() })
    expect((await world.owner.status()).member.role).toBe('owner')
  })

  test('keep one cap when sixty ask at once, and books that equal the bill', async () => {
    proxy.to(...ports)
    const { receipt } = await world.owner.ask('Where is it?')
    const bound = receipt?.attempts[0]?.held ?? 0n
    const { settled } = await world.owner.cap()
    const limit = pico(settled + 4n * bound)
    await world.owner.change('PUT', '/v1/cap', { limit: Usd.encode(limit) }, Cap)
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => world.owner.ask(`Where is parcel ${index}?`)),
    )
    const drafted = answers.filter(({ receipt }) => receipt !== undefined)
    const refused = answers.filter(({ status }) => status === 402)
    expect(drafted.length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    expect(drafted.length + refused.length).toBe(60)

    const after = await world.owner.cap()
    expect(after.held).toBe(0n)
    expect(after.settled).toBe(await world.bill())
    const { workspace } = await world.owner.status()
    const chain = await wholeChain(database.db, workspace.id, 'ledger')
    expect(walk(chain).whole).toBe(true)
    expect(highestOf(chain)).toBeLessThanOrEqual(limit)
    await world.owner.setCap('50')
  })

  test('close the draft of one that was killed, at its upper bound and marked', async () => {
    const [a, b] = ports
    const { ended } = await begin(world.owner, b)
    await second.kill()
    expect(await ended).toBe('broken')
    proxy.to(a)
    const receipts = await until(
      () => draftsOf('Olive Owner'),
      (all) => all.every(({ certainty }) => certainty !== 'pending'),
    )
    expect(receipts[0]).toMatchObject({ outcome: 'lost', certainty: 'estimated' })
    const cap = await world.owner.cap()
    expect(cap.held).toBe(0n)
    expect(cap.settled).toBeGreaterThanOrEqual(await world.bill())
  })
})
