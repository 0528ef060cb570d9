import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { remindersOf } from '../../server/domain/keys/reminders.ts'
import type { Key } from '../../shared/keys.ts'
import { DAY, type Desk, givenDesk, HOUR } from './desk.ts'

let desk: Desk
let key: Key
beforeEach(async () => {
  desk = await givenDesk()
  key = await desk.connect()
})
afterEach(() => desk[Symbol.asyncDispose]())

const reminders = async () => (await desk.list()).reminders

describe('a reminder', () => {
  test('is not there for a key that was just connected', async () => {
    expect(await reminders()).toEqual([])
  })

  test('tells a key that is older than 180 days, until it is switched to a new one', async () => {
    await desk.pass(180 * DAY + HOUR)
    expect((await reminders()).filter(({ kind }) => kind === 'old')).toEqual([])
    await desk.pass(DAY)
    const old = { kind: 'old', keyId: key.id, label: 'Anthropic', provider: 'anthropic', days: 181 }
    expect(await reminders()).toContainEqual(old)
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    expect((await reminders()).filter(({ kind }) => kind === 'old')).toEqual([])
    await desk.switchTo(key, 1)
    expect(await reminders()).toContainEqual(old)
  })

  test('comes as soon as admins have said', async () => {
    await desk.owner.send('PUT', '/v1/routing', { remindAfterDays: 30 })
    await desk.pass(31 * DAY)
    expect(await reminders()).toContainEqual(expect.objectContaining({ kind: 'old', days: 31 }))
  })

  test('tells a key about which nobody could tell for three days', async () => {
    desk.simulator.plan({ provider: 'anthropic', of: 'models', next: ['overloaded'] })
    await desk.pass(DAY)
    const since = desk.world.now()
    await desk.check()
    await desk.pass(3 * DAY)
    expect(await reminders()).toEqual([])
    await desk.pass(HOUR)
    const told = { kind: 'unchecked', keyId: key.id, label: 'Anthropic', provider: 'anthropic', since }
    expect(await reminders()).toEqual([told])
    await desk.check()
    expect(await reminders()).toEqual([])
  })

  test('tells a model in use that ends within 60 days, with the channels that chose it', async () => {
    const soon = key.models.find(({ price, retiresAt }) => price !== null && retiresAt !== null)
    expect((soon?.retiresAt ?? Number.POSITIVE_INFINITY) - desk.world.now()).toBeLessThan(60 * DAY)
    const channel = { name: 'Chat', sites: ['chat.example'], models: { anthropic: soon?.id } }
    expect((await desk.owner.send('POST', '/v1/channels', channel)).status).toBe(201)
    const told = {
      kind: 'retiring',
      provider: 'anthropic',
      model: soon?.id,
      modelName: soon?.name,
      retiresAt: soon?.retiresAt,
    }
    expect(await reminders()).toEqual([{ ...told, usual: false, channels: ['Chat'] }])
    await desk.owner.send('PATCH', `/v1/keys/${key.id}`, { model: soon?.id })
    expect(await reminders()).toEqual([{ ...told, usual: true, channels: ['Chat'] }])
  })

  test('of a model comes 60 days before its end and stays after it, by whoever says it first', async () => {
    const pricing = await desk.world.opened.pricingFor(desk.world.workspace.id)
    const at = desk.world.now()
    const facts = { name: undefined, contextTokens: undefined, outputTokens: undefined }
    const keyWith = (retiresAt: number | undefined) => ({
      id: key.id,
      label: 'A',
      provider: 'openai' as const,
      model: 'gpt-future',
      listing: [{ id: 'gpt-future', ...facts, retiresAt }],
      storedAt: at,
      uncheckedSince: null,
    })
    const remindedOf = (...ends: (number | undefined)[]) =>
      remindersOf({
        keys: ends.map(keyWith),
        channels: [],
        remindAfterDays: 180,
        pricing,
        at,
      })
    expect(remindedOf(undefined)).toEqual([])
    expect(remindedOf(at + 60 * DAY + 1)).toEqual([])
    expect(remindedOf(at + 60 * DAY)).toMatchObject([{ kind: 'retiring', retiresAt: at + 60 * DAY }])
    expect(remindedOf(at - DAY)).toMatchObject([{ kind: 'retiring', usual: true, channels: [] }])
    expect(remindedOf(at + 90 * DAY, at + DAY, undefined)).toMatchObject([{ retiresAt: at + DAY }])
  })
})
