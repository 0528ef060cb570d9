import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markRejected } from '../../server/domain/keys/keys.ts'
import { AlertPage } from '../../shared/books/alerts.ts'
import type { Key } from '../../shared/keys.ts'
import type { FailureReason } from '../../shared/providers.ts'
import type { Behaviour } from '../provider/behaviours.ts'
import { DAY, type Desk, givenDesk, HOUR, MINUTE, secondKey } from './desk.ts'

let desk: Desk
let key: Key
beforeEach(async () => {
  desk = await givenDesk()
  key = await desk.connect()
})
afterEach(() => desk[Symbol.asyncDispose]())

/** How often the provider was asked for its models. */
const asked = (): number => desk.simulator.requests().filter(({ path }) => path.endsWith('/v1/models')).length
const answerNext = (...next: Behaviour[]) =>
  desk.simulator.plan({ provider: 'anthropic', of: 'models', next })
const card = async () => (await desk.list()).keys.find(({ id }) => id === key.id)
const alerts = async () => {
  const { text } = await desk.owner.send('GET', '/v1/alerts')
  return AlertPage.parse(JSON.parse(text)).alerts.map(({ subject }) => subject)
}
const reject = (reason: FailureReason) =>
  markRejected(desk.world.opened)(desk.world.workspace.id, key.id, 1, reason)

describe('the daily check', () => {
  test('asks once in 24 hours, at no cost, whichever vault does it', async () => {
    const [before, bill] = [asked(), desk.simulator.bill()]
    await desk.pass(DAY - 1)
    await desk.check()
    expect(asked()).toBe(before)
    expect(await card()).toMatchObject({ checkedAt: null })
    await desk.pass(1)
    await Promise.all([desk.check(), desk.check(), desk.check()])
    expect(asked()).toBe(before + 1)
    expect(await card()).toMatchObject({ checkedAt: desk.world.now(), uncheckedSince: null })
    await desk.pass(23 * HOUR - MINUTE)
    await desk.check()
    expect(asked()).toBe(before + 1)
    await desk.pass(HOUR + MINUTE)
    await desk.check()
    expect(asked()).toBe(before + 2)
    expect(desk.simulator.bill()).toBe(bill)
  })

  test('shows the models as they are now', async () => {
    const gone = key.models.find(({ id }) => id !== key.model.id)?.id ?? ''
    const next = [{ do: 'healthy', lacking: [gone] } as const]
    desk.simulator.plan({ provider: 'anthropic', of: 'models', next })
    await desk.pass(DAY)
    await desk.check()
    const ids = (await card())?.models.map(({ id }) => id)
    expect(ids).toEqual(key.models.map(({ id }) => id).filter((id) => id !== gone))
  })

  test('keeps the models of a key that may not read them any more', async () => {
    answerNext('list-forbidden')
    await desk.pass(DAY)
    await desk.check()
    expect(await card()).toMatchObject({ state: 'active', checkedAt: desk.world.now() })
    expect((await card())?.models).toHaveLength(key.models.length)
  })

  test.each<[Behaviour, FailureReason]>([
    ['key-invalid', 'key-revoked'],
    ['no-credit', 'no-credit'],
    ['spend-limit', 'spend-limit'],
    ['on-hold', 'on-hold'],
  ])('takes a key out of routing that is refused with %s, and tells admins once', async (answer, reason) => {
    answerNext(answer, answer, answer)
    for (const _ of [1, 2, 3]) {
      await desk.pass(DAY)
      await Promise.all([desk.check(), desk.check()])
      expect(await card()).toMatchObject({ state: 'rejected', rejectedFor: reason })
    }
    expect(await desk.told('key-rejected')).toMatchObject([{ label: 'Anthropic', version: 1, reason }])
    expect(await alerts()).toMatchObject([
      { kind: 'key-refused', provider: 'anthropic', label: 'Anthropic', version: 1, reason, out: true },
    ])
    const status = JSON.parse((await desk.owner.send('GET', '/v1/status')).text)
    expect(status.ai).toMatchObject({ on: false, paused: 'key-rejected' })
  })

  test('takes a key back that was not accepted and is now', async () => {
    answerNext('key-invalid')
    await desk.pass(DAY)
    await desk.check()
    await desk.pass(DAY)
    await desk.check()
    expect(await card()).toMatchObject({ state: 'active', rejectedFor: null })
    expect(await desk.told('key-accepted')).toMatchObject([{ label: 'Anthropic', version: 1 }])
    answerNext('key-invalid')
    await desk.pass(DAY)
    await desk.check()
    expect(await alerts()).toHaveLength(2)
  })

  test.each<FailureReason>(['no-credit', 'spend-limit', 'on-hold'])(
    'leaves a key out that was refused with %s: a list of models says nothing about that',
    async (reason) => {
      await reject(reason)
      await desk.pass(DAY)
      await desk.check()
      expect(await card()).toMatchObject({
        state: 'rejected',
        rejectedFor: reason,
        checkedAt: desk.world.now(),
      })
      expect(await desk.told('key-accepted')).toEqual([])
    },
  )

  test('leaves a key of an endpoint of one’s own out that was not accepted: some tell their models to everybody', async () => {
    const { id } = await desk.connectOwn()
    const place = [desk.world.workspace.id, id, 1] as const
    await markRejected(desk.world.opened)(...place, 'key-revoked')
    await desk.pass(DAY)
    await desk.check()
    const own = (await desk.list()).keys.find((one) => one.id === id)
    expect(own).toMatchObject({ state: 'rejected', checkedAt: desk.world.now() })
  })

  test('remembers since when nobody could tell, asks again in an hour, and forgets it once it can', async () => {
    answerNext('overloaded', 'server-error')
    await desk.pass(DAY)
    const since = desk.world.now()
    const before = asked()
    await desk.check()
    await desk.check()
    expect(asked()).toBe(before + 1)
    expect(await card()).toMatchObject({ state: 'active', uncheckedSince: since, checkedAt: null })
    await desk.pass(HOUR)
    await desk.check()
    expect(await card()).toMatchObject({ uncheckedSince: since })
    await desk.pass(HOUR)
    await desk.check()
    expect(await card()).toMatchObject({ uncheckedSince: null, checkedAt: desk.world.now() })
  })

  test('asks nobody about a key that is gone', async () => {
    await desk.owner.send('DELETE', `/v1/keys/${key.id}`)
    const before = asked()
    await desk.pass(2 * DAY)
    await desk.check()
    expect(asked()).toBe(before)
  })

  test('says nothing about a version that was switched to meanwhile', async () => {
    const { version } = await desk.rehearse(key)
    await desk.pass(DAY)
    const again = await desk.rehearse(key)
    expect(again.version).toBeGreaterThan(version)
    answerNext('hang')
    const checking = desk.check()
    await desk.switchTo(key, again.version)
    const { opened, workspace } = desk.world
    await checking
    await opened.keys.reject(
      { workspaceId: workspace.id, keyId: key.id, version: 1, reason: 'key-revoked' },
      { workspaceId: workspace.id, kind: 'key-rejected', memberId: null, facts: {} },
    )
    expect(await card()).toMatchObject({ version: again.version, state: 'active', uncheckedSince: null })
  })
})

describe('verifying a key again', () => {
  test('proves it by a call with a receipt, takes it back into use, and ends its rest', async () => {
    await reject('no-credit')
    const { opened, workspace } = desk.world
    const until = desk.world.now() + MINUTE
    const resting = { workspace_id: workspace.id, scope: 'key', scope_id: key.id, reason: 'rate-limited' }
    await opened.database.db
      .insertInto('resting')
      .values({ ...resting, until_at: until, failures: 3, trial_until: null, revision: 1, changed_at: 0 })
      .execute()
    const answer = await desk.verify(key)
    expect(answer.status).toBe(200)
    const { key: verified, receiptId } = JSON.parse(answer.text)
    expect(verified).toMatchObject({ state: 'active', rejectedFor: null, version: 1, restsUntil: null })
    const { text } = await desk.owner.send('GET', `/v1/receipts/${receiptId}`)
    expect(JSON.parse(text)).toMatchObject({ purpose: 'verify', attempts: [{ keyVersion: 1 }] })
    expect(await desk.told('key-accepted')).toMatchObject([{ label: 'Anthropic', version: 1 }])
  })

  test('leaves it out when it is refused, with the reason as it is now', async () => {
    await reject('no-credit')
    answerNext('key-invalid')
    expect((await desk.verify(key)).problem).toMatchObject({
      slug: 'key-refused',
      facts: { reason: 'key-invalid' },
    })
    expect(await card()).toMatchObject({ state: 'rejected', rejectedFor: 'key-revoked' })
    expect(await desk.told('key-accepted')).toEqual([])
  })

  test('takes a key out of routing that is refused', async () => {
    answerNext('on-hold')
    expect((await desk.verify(key)).problem?.slug).toBe('key-refused')
    expect(await card()).toMatchObject({ state: 'rejected', rejectedFor: 'on-hold' })
    expect(await alerts()).toMatchObject([{ kind: 'key-refused', reason: 'on-hold', out: true }])
  })

  test('changes nothing where nobody can tell', async () => {
    await reject('no-credit')
    answerNext('overloaded')
    expect((await desk.verify(key)).problem?.slug).toBe('key-unverified')
    expect(await card()).toMatchObject({ state: 'rejected', rejectedFor: 'no-credit' })
  })

  test('lets admins be told anew when it is refused once more', async () => {
    for (const _ of [1, 2]) {
      answerNext('no-credit')
      await desk.pass(2 * DAY)
      await desk.check()
      expect(await card()).toMatchObject({ state: 'rejected' })
      expect((await desk.verify(key)).status).toBe(200)
    }
    expect(await alerts()).toHaveLength(2)
  })

  test('of a switched key is about the new version', async () => {
    const { version } = await desk.rehearse(key, secondKey)
    await desk.switchTo(key, version)
    expect(JSON.parse((await desk.verify(key)).text).key).toMatchObject({ version })
  })
})
