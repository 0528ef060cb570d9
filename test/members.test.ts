import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stillWelcome } from '../server/domain/identity/caller.ts'
import { handOverOwnership } from '../server/domain/identity/team.ts'
import { DeviceList, type Role, Team } from '../shared/members.ts'
import { Paired } from '../shared/pairing.ts'
import { Status } from '../shared/status.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from './identity/vault.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let world: GivenVault
let owner: Browser

beforeEach(async () => {
  world = await givenVault()
  owner = await world.owner()
})

afterEach(() => world.stop())

type Invited = Exclude<Role, 'owner'>

const invite = (by: Browser, role: Invited): Promise<string> => by.makeCode({ kind: 'invite', role })
const join = async (role: Invited, memberName: string): Promise<Browser> =>
  world.paired(await invite(owner, role), { memberName })

const slug = ({ problem }: Answered) => problem?.slug
const verdict = (answer: Answered) => (answer.status < 300 ? 'yes' : slug(answer))
const idOf = async (member: Browser): Promise<string> =>
  Status.parse(JSON.parse((await member.send('GET', '/v1/status')).text)).member.id
const team = async (by: Browser = owner): Promise<Team> =>
  Team.parse(JSON.parse((await by.send('GET', '/v1/members')).text))
const roles = async (by: Browser = owner) =>
  Object.fromEntries((await team(by)).members.map(({ name, role }) => [name, role]))
const change = (by: Browser, memberId: string, body: unknown) =>
  by.send('PATCH', `/v1/members/${memberId}`, body)
const remove = (by: Browser, memberId: string) => by.send('DELETE', `/v1/members/${memberId}`)
const devices = async (by: Browser = owner) =>
  DeviceList.parse(JSON.parse((await by.send('GET', '/v1/devices')).text)).devices
const handOver = (by: Browser, memberId: string) => by.send('POST', '/v1/owner', { memberId })
const tryCode = async (code: string): Promise<Answered> => (await world.browser()).tryPair(code)

const lastRecord = async () => (await world.audited()).at(-1)
const refusedFor = async (): Promise<unknown[]> =>
  (await world.audited()).filter(({ kind }) => kind === 'pairing-refused').map(({ facts }) => facts.reason)

describe('the team', () => {
  test('has the owner first, then everybody by name, with their browsers', async () => {
    const joinedAt = world.now()
    await join('agent', 'Zoe')
    const ada = await join('admin', 'Ada')
    world.pass(HOUR)
    await ada.signIn()
    await world.paired(await ada.makeCode({ kind: 'device' }))
    await owner.signIn()
    const { members } = await team()
    expect(members.map(({ name, role, devices }) => [name, role, devices])).toEqual([
      ['Olga', 'owner', 1],
      ['Ada', 'admin', 2],
      ['Zoe', 'agent', 1],
    ])
    expect(members[1]).toMatchObject({ joinedAt, lastUsedAt: world.now(), seesReports: false })
    expect(members[2]).toMatchObject({ lastUsedAt: joinedAt })
  })

  test('counts no browser that was removed or has not been used for 30 days', async () => {
    const zoe = await join('agent', 'Zoe')
    const ada = await join('agent', 'Ada')
    const [adas] = await devices(ada)
    await ada.send('DELETE', `/v1/devices/${adas?.id}`)
    expect((await team()).members.map(({ name, devices }) => [name, devices])).toEqual([
      ['Olga', 1],
      ['Ada', 0],
      ['Zoe', 1],
    ])
    world.pass(20 * DAY)
    await owner.signIn()
    world.pass(10 * DAY + 1)
    await owner.signIn()
    expect((await team()).members.at(-1)).toMatchObject({ name: 'Zoe', devices: 0, lastUsedAt: null })
    expect(slug(await zoe.signIn())).toBe('device-removed')
    expect(await devices()).toHaveLength(1)
  })

  test('shows the invitations that still work, with who made them', async () => {
    const ada = await join('admin', 'Ada')
    const code = await invite(ada, 'agent')
    await owner.makeCode({ kind: 'device' })
    expect((await team()).invites).toEqual([
      {
        id: code.slice(0, 6),
        role: 'agent',
        madeBy: 'Ada',
        createdAt: world.now(),
        expiresAt: world.now() + 72 * HOUR,
      },
    ])
    expect(await team(ada)).toEqual(await team())
  })

  test('shows no invitation that was used, withdrawn, guessed at too often, is too old, or whose maker may invite no more', async () => {
    const ada = await join('admin', 'Ada')
    await invite(owner, 'agent')
    world.pass(72 * HOUR)
    await owner.signIn()
    await ada.signIn()
    await world.paired(await invite(owner, 'agent'), { memberName: 'Zoe' })
    const guessed = await invite(owner, 'agent')
    for (let guess = 0; guess < 5; guess += 1)
      await tryCode(guessed.slice(0, -1) + (guessed.endsWith('0') ? '1' : '0'))
    await owner.send('DELETE', `/v1/invites/${(await invite(owner, 'agent')).slice(0, 6)}`)
    await invite(ada, 'agent')
    expect((await team()).invites.map(({ madeBy }) => madeBy)).toEqual(['Ada'])
    const { db } = world.opened.database
    await db.updateTable('members').set({ role: 'agent' }).where('name', '=', 'Ada').execute()
    expect((await team()).invites).toEqual([])
  })
})

describe('the role of a member', () => {
  test('counts from the next request, and the change is written down with before and after', async () => {
    const zoe = await join('agent', 'Zoe')
    expect(slug(await zoe.send('GET', '/v1/audit'))).toBe('not-found')
    const answer = await change(owner, await idOf(zoe), { role: 'admin' })
    expect(JSON.parse(answer.text)).toMatchObject({ name: 'Zoe', role: 'admin', seesReports: false })
    expect((await zoe.send('GET', '/v1/audit')).status).toBe(200)
    expect(await lastRecord()).toMatchObject({
      kind: 'member-changed',
      memberName: 'Olga',
      facts: { member: 'Zoe', before: 'agent', after: 'admin' },
    })
  })

  test('can be changed by an admin, also that of another admin, but not to owner', async () => {
    const [ada, amy] = [await join('admin', 'Ada'), await join('admin', 'Amy')]
    const amysId = await idOf(amy)
    expect(slug(await change(ada, amysId, { role: 'owner' }))).toBe('malformed-request')
    expect((await change(ada, amysId, { role: 'agent' })).status).toBe(200)
    expect(await roles()).toEqual({ Olga: 'owner', Ada: 'admin', Amy: 'agent' })
  })

  test('is not changed by the member, and the owner’s by nobody', async () => {
    const ada = await join('admin', 'Ada')
    const [adasId, ownersId] = [await idOf(ada), await idOf(owner)]
    for (const [by, id] of [
      [ada, adasId],
      [ada, ownersId],
      [owner, ownersId],
    ] as const)
      for (const body of [{ role: 'agent' }, { seesReports: true }])
        expect(slug(await change(by, id, body))).toBe('not-found')
    expect(await roles()).toEqual({ Olga: 'owner', Ada: 'admin' })
  })

  test('ends the invitations that were made in it, also when it comes back', async () => {
    const ada = await join('admin', 'Ada')
    const adasId = await idOf(ada)
    const code = await invite(ada, 'agent')
    const others = await invite(owner, 'agent')
    await change(owner, adasId, { role: 'agent' })
    expect(slug(await tryCode(code))).toBe('pairing-refused')
    await change(owner, adasId, { role: 'admin' })
    expect(slug(await tryCode(code))).toBe('pairing-refused')
    expect(await refusedFor()).toEqual(['withdrawn', 'withdrawn'])
    expect((await tryCode(others)).status).toBe(201)
  })

  test('stays as it is where nothing is changed, and nothing is written down', async () => {
    const ada = await join('admin', 'Ada')
    const code = await invite(ada, 'agent')
    const before = await world.audited()
    for (const body of [{}, { role: 'admin' }, { seesReports: false }])
      expect((await change(owner, await idOf(ada), body)).status).toBe(200)
    expect(await world.audited()).toEqual(before)
    expect((await tryCode(code)).status).toBe(201)
  })
})

describe('the reports flag', () => {
  test('shows a light agent the receipts, until it is taken back', async () => {
    const leo = await join('light-agent', 'Leo')
    const leosId = await idOf(leo)
    expect(slug(await leo.send('GET', '/v1/receipts'))).toBe('not-found')
    await change(owner, leosId, { seesReports: true })
    expect((await leo.send('GET', '/v1/receipts')).status).toBe(200)
    expect(await lastRecord()).toMatchObject({ facts: { member: 'Leo', seesReports: true } })
    await change(owner, leosId, { seesReports: false })
    expect(slug(await leo.send('GET', '/v1/receipts'))).toBe('not-found')
  })
})

describe('a member who is removed', () => {
  test('has no browser, no code and no place in the team any more, and that is written down', async () => {
    const zoe = await join('agent', 'Zoe')
    const second = await world.paired(await zoe.makeCode({ kind: 'device' }))
    const pending = await zoe.makeCode({ kind: 'device' })
    const zoesId = await idOf(zoe)
    expect((await remove(owner, zoesId)).status).toBe(204)
    for (const browser of [zoe, second]) {
      expect(slug(await browser.send('GET', '/v1/status'))).toBe('device-removed')
      expect(slug(await browser.signIn())).toBe('device-removed')
    }
    expect(slug(await tryCode(pending))).toBe('pairing-refused')
    expect(await roles()).toEqual({ Olga: 'owner' })
    expect(await devices()).toHaveLength(1)
    expect(await lastRecord()).toMatchObject({
      kind: 'member-removed',
      memberName: 'Olga',
      facts: { member: 'Zoe', role: 'agent' },
    })
    expect(slug(await remove(owner, zoesId))).toBe('not-found')
    expect(slug(await change(owner, zoesId, { role: 'admin' }))).toBe('not-found')
  })

  test('leaves no invitation behind', async () => {
    const ada = await join('admin', 'Ada')
    const code = await invite(ada, 'admin')
    await remove(owner, await idOf(ada))
    expect(slug(await tryCode(code))).toBe('pairing-refused')
  })

  test('can be invited again, as a new member', async () => {
    const zoe = await join('agent', 'Zoe')
    const formerId = await idOf(zoe)
    await remove(owner, formerId)
    const again = await join('light-agent', 'Zoe')
    expect(await idOf(again)).not.toBe(formerId)
    expect(await roles()).toEqual({ Olga: 'owner', Zoe: 'light-agent' })
  })

  test('may be an admin, whom an admin removes too; the owner is removed by nobody', async () => {
    const [ada, amy] = [await join('admin', 'Ada'), await join('admin', 'Amy')]
    expect((await remove(ada, await idOf(amy))).status).toBe(204)
    expect(slug(await remove(ada, await idOf(owner)))).toBe('not-found')
    expect(await roles()).toEqual({ Olga: 'owner', Ada: 'admin' })
  })
})

describe('leaving', () => {
  test.each(['admin', 'agent', 'light-agent'] as const)('is open to an %s', async (role) => {
    const member = await join(role, 'Zoe')
    expect((await remove(member, await idOf(member))).status).toBe(204)
    expect(slug(await member.send('GET', '/v1/status'))).toBe('device-removed')
    expect(await roles()).toEqual({ Olga: 'owner' })
    expect(await lastRecord()).toMatchObject({ kind: 'member-left', memberName: 'Zoe' })
  })

  test('is not open to the owner, who hands over first', async () => {
    const zoe = await join('agent', 'Zoe')
    const [ownersId, zoesId] = [await idOf(owner), await idOf(zoe)]
    expect(slug(await remove(owner, ownersId))).toBe('owner-stays')
    expect((await handOver(owner, zoesId)).status).toBe(204)
    expect((await remove(owner, ownersId)).status).toBe(204)
    expect(await roles(zoe)).toEqual({ Zoe: 'owner' })
  })
})

describe('handing over ownership', () => {
  test('makes the other the owner and the former owner an admin', async () => {
    const zoe = await join('light-agent', 'Zoe')
    const zoesId = await idOf(zoe)
    expect((await handOver(owner, zoesId)).status).toBe(204)
    expect(await lastRecord()).toMatchObject({
      kind: 'ownership-handed-over',
      memberName: 'Olga',
      facts: { member: 'Zoe', before: 'light-agent' },
    })
    expect(await roles()).toEqual({ Zoe: 'owner', Olga: 'admin' })
    expect(slug(await handOver(owner, zoesId))).toBe('not-found')
    expect((await handOver(zoe, await idOf(owner))).status).toBe(204)
    expect(await roles()).toEqual({ Olga: 'owner', Zoe: 'admin' })
  })

  test('is not possible to oneself, to a former member, or to somebody who was never there', async () => {
    const zoe = await join('agent', 'Zoe')
    const zoesId = await idOf(zoe)
    await remove(owner, zoesId)
    for (const id of [await idOf(owner), zoesId, '00000000-0000-4000-8000-000000000000'])
      expect(slug(await handOver(owner, id))).toBe('not-found')
    expect(await roles()).toEqual({ Olga: 'owner' })
  })

  test.each([
    ['was removed', { removed_at: 1 }],
    ['waits for approval', { suspended_at: 1 }],
    ['was not used for 30 days', { last_used_at: 1 }],
  ])('is not possible to a member whose only browser %s', async (_, state) => {
    const zoe = await join('agent', 'Zoe')
    const zoesId = await idOf(zoe)
    const { db } = world.opened.database
    await db.updateTable('devices').set(state).where('member_id', '=', zoesId).execute()
    expect(slug(await handOver(owner, zoesId))).toBe('not-found')
    expect(await roles()).toEqual({ Olga: 'owner', Zoe: 'agent' })
  })

  test('to two at the same moment leaves exactly one owner', async () => {
    const heirs = [await join('agent', 'Ada'), await join('agent', 'Zoe')]
    const ids = await Promise.all(heirs.map(idOf))
    const answers = await Promise.all([...ids, ...ids].map((id) => handOver(owner, id)))
    expect(answers.map(verdict).toSorted()).toEqual(['not-found', 'not-found', 'not-found', 'yes'])
    const after = Object.values(await roles())
    expect(after.toSorted()).toEqual(['admin', 'agent', 'owner'])
  })

  test('happens once, also for two requests that were both let in while the owner was the owner', async () => {
    const heirs = [await join('agent', 'Ada'), await join('agent', 'Zoe')]
    const ids = await Promise.all(heirs.map(idOf))
    const stale = (await world.opened.devices.findByKey(owner.device.thumbprint))?.caller
    if (stale === undefined) throw new Error('the owner has no browser')
    const ended = await Promise.allSettled(ids.map((id) => handOverOwnership(world.opened)(stale, id)))
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(Object.values(await roles()).toSorted()).toEqual(['admin', 'agent', 'owner'])
  })

  test('leaves an owner also when the heir is changed, removed or leaves at the same moment', async () => {
    for (const meanwhile of ['changed', 'removed', 'leaves'] as const) {
      const [ada, zoe] = [await join('admin', 'Ada'), await join('agent', 'Zoe')]
      const [adasId, zoesId] = [await idOf(ada), await idOf(zoe)]
      const act = {
        changed: () => change(ada, zoesId, { role: 'light-agent' }),
        removed: () => remove(ada, zoesId),
        leaves: () => remove(zoe, zoesId),
      }[meanwhile]
      await Promise.all([handOver(owner, zoesId), act()])
      const after = Object.entries(await roles())
      expect(after.filter(([, role]) => role === 'owner')).toHaveLength(1)
      if (after.some(([name, role]) => name === 'Zoe' && role === 'owner'))
        expect((await handOver(zoe, await idOf(owner))).status).toBe(204)
      for (const id of [adasId, zoesId]) await remove(owner, id)
    }
  })

  test('ends a recovery code of the former owner, also when the ownership comes back', async () => {
    const zoe = await join('admin', 'Zoe')
    const code = await world.recoveryCode()
    await handOver(owner, await idOf(zoe))
    expect(slug(await tryCode(code))).toBe('pairing-refused')
    await handOver(zoe, await idOf(owner))
    expect(slug(await tryCode(code))).toBe('pairing-refused')
    expect(await roles()).toEqual({ Olga: 'owner', Zoe: 'admin' })
  })
})

describe('an invitation that is withdrawn', () => {
  test('does not pair, and both are written down', async () => {
    const code = await invite(owner, 'agent')
    const ada = await join('admin', 'Ada')
    expect((await ada.send('DELETE', `/v1/invites/${code.slice(0, 6)}`)).status).toBe(204)
    expect(await lastRecord()).toMatchObject({
      kind: 'invite-withdrawn',
      memberName: 'Ada',
      facts: { code: code.slice(0, 6), role: 'agent' },
    })
    expect(slug(await tryCode(code))).toBe('pairing-refused')
    expect(await refusedFor()).toEqual(['withdrawn'])
    expect(slug(await owner.send('DELETE', `/v1/invites/${code.slice(0, 6)}`))).toBe('not-found')
  })

  test('pairs or is withdrawn when both come at the same moment, never both', async () => {
    for (let again = 0; again < 5; again += 1) {
      const code = await invite(owner, 'agent')
      const [paired, withdrawn] = await Promise.all([
        tryCode(code),
        owner.send('DELETE', `/v1/invites/${code.slice(0, 6)}`),
      ])
      expect([verdict(paired), verdict(withdrawn)].filter((one) => one === 'yes')).toHaveLength(1)
    }
  })

  test('does not pair either when its code had been looked up a moment before', async () => {
    const code = await invite(owner, 'agent')
    const found = await world.opened.codes.spendTry(code.slice(0, 6))
    if (found === undefined) throw new Error('there is no such code')
    await owner.send('DELETE', `/v1/invites/${code.slice(0, 6)}`)
    const { thumbprint: jkt } = (await world.browser()).device
    const paired = await world.opened.codes.admit({
      code: found,
      at: world.now(),
      device: { id: crypto.randomUUID(), jkt, origin: null, name: 'A browser' },
      memberId: crypto.randomUUID(),
      newMemberName: 'Zoe',
      workspaceName: undefined,
      timeZone: undefined,
      records: [],
    })
    expect(paired).toBeUndefined()
    expect(await roles()).toEqual({ Olga: 'owner' })
  })

  test('must be an invitation that somebody could still use', async () => {
    const zoe = await join('agent', 'Zoe')
    const device = await zoe.makeCode({ kind: 'device' })
    const used = await invite(owner, 'agent')
    await world.paired(used)
    const old = await invite(owner, 'agent')
    for (const code of [device, used])
      expect(slug(await owner.send('DELETE', `/v1/invites/${code.slice(0, 6)}`))).toBe('not-found')
    expect((await tryCode(device)).status).toBe(201)
    world.pass(72 * HOUR)
    await owner.signIn()
    expect(slug(await owner.send('DELETE', `/v1/invites/${old.slice(0, 6)}`))).toBe('not-found')
  })
})

describe('a browser that a restore suspended', () => {
  const suspendAll = async (): Promise<void> => {
    await world.opened.database.db.updateTable('devices').set({ suspended_at: world.now() }).execute()
  }
  test('is refused at every request and gets no token', async () => {
    await suspendAll()
    expect(slug(await owner.send('GET', '/v1/status'))).toBe('device-suspended')
    expect(slug(await owner.send('DELETE', `/v1/members/${crypto.randomUUID()}`))).toBe('device-suspended')
    expect(slug(await owner.signIn())).toBe('device-suspended')
  })

  test('reads an open stream no further', async () => {
    const known = await world.opened.devices.findByKey(owner.device.thumbprint)
    const goesOn = async () => known !== undefined && (await stillWelcome(world.opened)(known.caller))
    expect(await goesOn()).toBe(true)
    await suspendAll()
    expect(await goesOn()).toBe(false)
  })

  test('speaks again when somebody has approved it, which is written down once', async () => {
    const zoe = await join('agent', 'Zoe')
    const zoesId = await idOf(zoe)
    await suspendAll()
    world.pass(MINUTE)
    const fresh = await world.paired(await world.recoveryCode())
    const all = await devices(fresh)
    expect(all.map(({ memberId, suspended }) => [memberId === zoesId, suspended])).toEqual([
      [true, true],
      [false, false],
    ])
    const [its] = all
    for (let again = 0; again < 2; again += 1)
      expect((await fresh.send('POST', `/v1/devices/${its?.id}/approval`)).status).toBe(204)
    expect((await zoe.send('GET', '/v1/status')).status).toBe(200)
    const approvals = (await world.audited()).filter(({ kind }) => kind === 'device-approved')
    expect(approvals).toMatchObject([{ memberName: 'Olga', facts: { device: 'A browser', member: 'Zoe' } }])
  })

  test('can be removed instead', async () => {
    const zoe = await join('agent', 'Zoe')
    const [its] = await devices(zoe)
    await suspendAll()
    const fresh = await world.paired(await world.recoveryCode())
    expect((await fresh.send('DELETE', `/v1/devices/${its?.id}`)).status).toBe(204)
    expect(slug(await zoe.signIn())).toBe('device-removed')
    expect(slug(await fresh.send('POST', `/v1/devices/${its?.id}/approval`))).toBe('not-found')
  })

  test('does not keep the operator from bringing the owner back in a new one, which is not suspended', async () => {
    await suspendAll()
    const answer = await tryCode(await world.recoveryCode())
    expect(Paired.parse(JSON.parse(answer.text)).member).toMatchObject({ name: 'Olga', role: 'owner' })
    const { db } = world.opened.database
    const living = await db
      .selectFrom('devices')
      .select('suspended_at')
      .where('removed_at', 'is', null)
      .execute()
    expect(living).toEqual([{ suspended_at: null }])
  })
})
