import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Paired } from '../shared/pairing.ts'
import { type Answered, type GivenVault, givenVault } from './identity/vault.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let world: GivenVault

beforeEach(async () => {
  world = await givenVault()
})

afterEach(() => world.stop())

/** What a stranger can tell two refusals apart by: everything but the request's own id and date. */
const telling = ({ status, text, headers }: Answered): string => {
  const id = headers.get('x-request-id') ?? '-'
  const rest = [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name))
  return JSON.stringify([status, text.replaceAll(id, 'ID'), rest])
}

const withLast = (code: string, letter: string): string => code.slice(0, -1) + letter
const wrong = (code: string): string => withLast(code, code.endsWith('0') ? '1' : '0')

const reasons = async (): Promise<unknown[]> =>
  (await world.audited()).filter(({ kind }) => kind === 'pairing-refused').map(({ facts }) => facts.reason)

describe('the setup code', () => {
  test('makes the first member the owner, who names the workspace and its time zone', async () => {
    const browser = await world.browser()
    const more = { memberName: 'Olga', workspaceName: 'Nordlicht', timeZone: 'Europe/Berlin' }
    const answer = await browser.tryPair(await world.setupCode(), more)
    expect(answer.status).toBe(201)
    const { member, workspace } = Paired.parse(JSON.parse(answer.text))
    expect(member).toMatchObject({ name: 'Olga', role: 'owner', seesReports: false })
    expect(workspace).toEqual({ id: world.workspace.id, name: 'Nordlicht' })
    expect((await world.opened.workspaces.list())[0]).toMatchObject({ timeZone: 'Europe/Berlin' })
  })

  test('works as a person types it: small letters, no dashes, O for 0', async () => {
    const typed = (await world.setupCode()).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
    expect((await (await world.browser()).tryPair(typed)).status).toBe(201)
  })

  test('works once', async () => {
    const code = await world.setupCode()
    await world.paired(code)
    const second = await (await world.browser()).tryPair(code)
    expect(second.problem?.slug).toBe('pairing-refused')
    expect(await reasons()).toEqual(['used'])
  })

  test('works for one of many browsers that come at the same moment', async () => {
    const code = await world.setupCode()
    const browsers = await Promise.all(Array.from({ length: 4 }, () => world.browser()))
    const answers = await Promise.all(browsers.map((browser) => browser.tryPair(code)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403, 403, 403])
  })

  test('is not made once there is a member', async () => {
    await world.owner()
    expect(await world.setupCode()).toBe('')
  })

  test('ends the setup code before it', async () => {
    const [first, second] = [await world.setupCode(), await world.setupCode()]
    expect((await (await world.browser()).tryPair(first)).problem?.slug).toBe('pairing-refused')
    expect((await (await world.browser()).tryPair(second)).status).toBe(201)
  })

  test('asks for a name without being spent, however often', async () => {
    const code = await world.setupCode()
    const browser = await world.browser()
    for (let again = 0; again < 7; again += 1) {
      const answer = await browser.tryPair(code, { memberName: undefined })
      expect(answer.problem).toMatchObject({ slug: 'name-needed', facts: { needs: ['member', 'workspace'] } })
    }
    expect((await browser.tryPair(code)).status).toBe(201)
  })

  test('refuses a time zone that calendars do not know, without being spent', async () => {
    const code = await world.setupCode()
    const browser = await world.browser()
    const answer = await browser.tryPair(code, { timeZone: 'Mars/Olympus' })
    expect(answer.problem?.slug).toBe('malformed-request')
    expect((await browser.tryPair(code)).status).toBe(201)
  })
})

describe('a refused code', () => {
  test('looks the same to the last byte whether it is wrong, used, too old, unknown, tried too often, or lost its right', async () => {
    const refused: Record<string, string> = {}
    const stranger = await world.browser()

    const setup = await world.setupCode()
    refused.unknown = telling(await stranger.tryPair(`ZZZZZZ${setup.slice(6)}`))
    refused.wrong = telling(await stranger.tryPair(wrong(setup)))
    const owner = await world.paired(setup)
    refused.used = telling(await stranger.tryPair(setup))

    const old = await owner.makeCode({ kind: 'device' })
    world.pass(16 * MINUTE)
    refused.old = telling(await stranger.tryPair(old))

    await owner.signIn()
    const guessed = await owner.makeCode({ kind: 'device' })
    for (let guess = 0; guess < 5; guess += 1) await stranger.tryPair(wrong(guessed))
    refused.exhausted = telling(await stranger.tryPair(guessed))

    const invite = await owner.makeCode({ kind: 'invite', role: 'agent' })
    const { db } = world.opened.database
    await db.updateTable('members').set({ role: 'agent' }).execute()
    refused.withoutRight = telling(await stranger.tryPair(invite))

    expect(new Set(Object.values(refused)).size).toBe(1)
    expect(Object.values(refused)[0]).toContain('pairing-refused')
  })

  test('is written down with its reason, at most once for each try', async () => {
    const code = await world.setupCode()
    const stranger = await world.browser()
    for (let guess = 0; guess < 12; guess += 1) await stranger.tryPair(wrong(code))
    expect(await reasons()).toEqual(Array.from({ length: 5 }, () => 'wrong-secret'))
  })

  test('has no try left after five wrong ones, also when they come at the same moment', async () => {
    const code = await world.setupCode()
    const browsers = await Promise.all(Array.from({ length: 12 }, () => world.browser()))
    await Promise.all(browsers.map((browser) => browser.tryPair(wrong(code))))
    expect(await reasons()).toHaveLength(5)
    expect((await (await world.browser()).tryPair(code)).problem?.slug).toBe('pairing-refused')
  })

  test('never shows a secret in what is written down', async () => {
    const code = await world.setupCode()
    await (await world.browser()).tryPair(wrong(code))
    const secret = code.slice(7).replaceAll('-', '')
    expect(JSON.stringify(await world.audited())).not.toContain(secret)
    expect(JSON.stringify(await world.audited())).not.toContain(code.slice(7))
  })
})

describe('the proof of the secret', () => {
  test('for another vault is refused', async () => {
    const code = await world.setupCode()
    const browser = await world.browser()
    const body = await browser.pairingBody(code, {}, 'https://vault.example')
    const answer = await browser.send('POST', '/v1/devices', body, { token: undefined })
    expect(answer.problem?.slug).toBe('pairing-refused')
  })

  test('of another device key is refused', async () => {
    const [honest, thief] = [await world.browser(), await world.browser()]
    const overheard = await honest.pairingBody(await world.setupCode())
    const answer = await thief.send('POST', '/v1/devices', overheard, { token: undefined })
    expect(answer.problem?.slug).toBe('pairing-refused')
  })

  test('needs a proof of the device key', async () => {
    const browser = await world.browser()
    const answer = await browser.tryPair(await world.setupCode(), {}, { proof: undefined })
    expect(answer.problem).toMatchObject({ slug: 'proof-refused', facts: { reason: 'missing' } })
  })

  test('counts on localhost as on 127.0.0.1, since people type either', async () => {
    const browser = await world.browser()
    const localhost = world.vault.origin.replace('127.0.0.1', 'localhost')
    const body = await browser.pairingBody(await world.setupCode(), {}, localhost)
    const twist = { token: undefined, address: `${localhost}/v1/devices` }
    expect((await browser.send('POST', '/v1/devices', body, twist)).status).toBe(201)
  })
})

describe('a device key', () => {
  test('belongs to one device of the vault: it cannot pair again, and the code stays usable', async () => {
    const owner = await world.owner()
    const code = await owner.makeCode({ kind: 'device' })
    expect((await owner.tryPair(code)).problem?.slug).toBe('pairing-refused')
    expect((await (await world.browser()).tryPair(code)).status).toBe(201)
  })
})

describe('a code for a further browser', () => {
  test('pairs it with the same member, whatever name is sent', async () => {
    const owner = await world.owner()
    const answer = await (await world.browser()).tryPair(await owner.makeCode({ kind: 'device' }), {
      memberName: 'Mallory',
      workspaceName: 'Elsewhere',
      timeZone: 'no zone at all',
    })
    const { member, workspace } = Paired.parse(JSON.parse(answer.text))
    expect(member).toMatchObject({ name: 'Olga', role: 'owner' })
    expect(workspace.name).toBe(world.workspace.name)
  })

  test('lives 15 minutes', async () => {
    const owner = await world.owner()
    const code = await owner.makeCode({ kind: 'device' })
    world.pass(15 * MINUTE - 1)
    expect((await (await world.browser()).tryPair(code)).status).toBe(201)
    await owner.signIn()
    const late = await owner.makeCode({ kind: 'device' })
    world.pass(15 * MINUTE)
    expect((await (await world.browser()).tryPair(late)).problem?.slug).toBe('pairing-refused')
  })

  test('dies when a browser of its maker is removed, since that browser may have made it', async () => {
    const owner = await world.owner()
    const stolen = await world.paired(await owner.makeCode({ kind: 'device' }))
    const code = await stolen.makeCode({ kind: 'device' })
    const { devices } = JSON.parse((await stolen.send('GET', '/v1/devices')).text)
    const its = devices.find((device: { current: boolean }) => device.current)
    expect((await owner.send('DELETE', `/v1/devices/${its.id}`)).status).toBe(204)
    expect((await (await world.browser()).tryPair(code)).problem?.slug).toBe('pairing-refused')
  })
})

describe('an invitation', () => {
  test('makes a member of its role, and lives three days', async () => {
    const owner = await world.owner()
    const code = await owner.makeCode({ kind: 'invite', role: 'agent' })
    world.pass(71 * HOUR)
    const answer = await (await world.browser()).tryPair(code, { memberName: 'Ada' })
    expect(Paired.parse(JSON.parse(answer.text)).member).toMatchObject({ name: 'Ada', role: 'agent' })
    await owner.signIn()
    const late = await owner.makeCode({ kind: 'invite', role: 'agent' })
    world.pass(72 * HOUR)
    expect((await (await world.browser()).tryPair(late)).problem?.slug).toBe('pairing-refused')
  })

  test('asks for the name of the member alone', async () => {
    const owner = await world.owner()
    const code = await owner.makeCode({ kind: 'invite', role: 'agent' })
    const answer = await (await world.browser()).tryPair(code, { memberName: undefined })
    expect(answer.problem).toMatchObject({ slug: 'name-needed', facts: { needs: ['member'] } })
  })

  test('does not exist for agents and light agents, who may pair their own browsers', async () => {
    const owner = await world.owner()
    for (const role of ['agent', 'light-agent'] as const) {
      const member = await world.paired(await owner.makeCode({ kind: 'invite', role }))
      const refused = await member.send('POST', '/v1/pairing-codes', { kind: 'invite', role: 'light-agent' })
      expect(refused.problem?.slug).toBe('not-found')
      const own = await member.send('POST', '/v1/pairing-codes', { kind: 'device' })
      expect(own.status).toBe(201)
    }
  })

  test('to be owner is malformed, and an admin may invite an admin', async () => {
    const owner = await world.owner()
    const toOwn = await owner.send('POST', '/v1/pairing-codes', { kind: 'invite', role: 'owner' })
    expect(toOwn.problem?.slug).toBe('malformed-request')
    const admin = await world.paired(await owner.makeCode({ kind: 'invite', role: 'admin' }))
    const second = await world.paired(await admin.makeCode({ kind: 'invite', role: 'admin' }))
    expect((await second.send('GET', '/v1/audit')).status).toBe(200)
  })

  test('of an admin dies when the admin is no admin any more', async () => {
    const owner = await world.owner()
    const admin = await world.paired(await owner.makeCode({ kind: 'invite', role: 'admin' }))
    const code = await admin.makeCode({ kind: 'invite', role: 'agent' })
    const { db } = world.opened.database
    await db.updateTable('members').set({ role: 'agent' }).where('role', '=', 'admin').execute()
    expect((await (await world.browser()).tryPair(code)).problem?.slug).toBe('pairing-refused')
    expect(await reasons()).toEqual(['maker-lost-right'])
  })
})

describe('recovering the owner', () => {
  test('pairs a new browser of the same owner and removes every old one and its codes', async () => {
    const owner = await world.owner()
    const pending = await owner.makeCode({ kind: 'invite', role: 'admin' })
    const fresh = await world.paired(await world.recoveryCode())
    expect((await owner.send('GET', '/v1/status')).problem?.slug).toBe('device-removed')
    expect((await (await world.browser()).tryPair(pending)).problem?.slug).toBe('pairing-refused')
    const { devices } = JSON.parse((await fresh.send('GET', '/v1/devices')).text)
    expect(devices).toHaveLength(1)
    expect((await world.audited()).map(({ kind }) => kind)).toContain('owner-recovered')
  })

  test('needs an owner', async () => {
    expect(await world.recoveryCode()).toBe('')
  })
})

describe('the audit log', () => {
  test('tells how a team came together', async () => {
    const owner = await world.owner()
    await world.paired(await owner.makeCode({ kind: 'invite', role: 'agent' }), { memberName: 'Ada' })
    const told = (await world.audited()).map(({ kind, memberName }) => [kind, memberName])
    expect(told).toEqual([
      ['workspace-created', null],
      ['setup-code-made', null],
      ['device-paired', 'Olga'],
      ['pairing-code-made', 'Olga'],
      ['device-paired', 'Ada'],
    ])
  })
})
