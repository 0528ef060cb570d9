import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markRejected, openKey } from '../../server/domain/keys/keys.ts'
import { destroyPastVersions } from '../../server/domain/keys/rotation.ts'
import type { Key } from '../../shared/keys.ts'
import { type Desk, firstKey, givenDesk, MINUTE, secondKey } from './desk.ts'

let desk: Desk
let key: Key
beforeEach(async () => {
  desk = await givenDesk()
  key = await desk.connect()
})
afterEach(() => desk[Symbol.asyncDispose]())

const open = (version: number) => openKey(desk.world.opened)(desk.world.workspace.id, key.id, version)
const destroyPast = () => destroyPastVersions(desk.world.opened)()
const lackingUsual = () => {
  const next = [{ do: 'healthy', lacking: [key.model.id] } as const]
  desk.simulator.plan({ provider: 'anthropic', of: 'models', next })
}

describe('switching to a rehearsed version', () => {
  test('makes it the current one, keeps the model, and keeps the former one for 15 minutes', async () => {
    const other = key.models.find(({ id, price }) => price !== null && id !== key.model.id)
    const { version } = await desk.rehearse(key)
    await desk.owner.send('PATCH', `/v1/keys/${key.id}`, { model: other?.id })
    const card = await desk.switchTo(key, version)
    const until = desk.world.now() + 15 * MINUTE
    expect(card).toMatchObject({ version: 2, model: { id: other?.id }, former: { version: 1, until } })
    expect((await open(2)).secret).toBe(secondKey)
    expect((await open(1)).secret).toBe(firstKey)
    expect(await desk.told('key-replaced')).toMatchObject([{ version: 2, model: other?.id }])
  })

  test('takes another model where the new secret may not use the one in use', async () => {
    lackingUsual()
    const { version, model } = await desk.rehearse(key)
    expect(model.id).not.toBe(key.model.id)
    expect(await desk.switchTo(key, version)).toMatchObject({ model: { id: model.id } })
  })

  test('takes a key back into use that was rejected', async () => {
    await markRejected(desk.world.opened)(desk.world.workspace.id, key.id, 1, 'key-revoked')
    await markRejected(desk.world.opened)(desk.world.workspace.id, key.id, 1, 'key-revoked')
    expect((await desk.list()).keys).toMatchObject([{ state: 'rejected', rejectedFor: 'key-revoked' }])
    expect(await desk.told('key-rejected')).toHaveLength(1)
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await markRejected(desk.world.opened)(desk.world.workspace.id, key.id, 1, 'key-revoked')
    expect((await desk.list()).keys).toMatchObject([{ state: 'active', rejectedFor: null, version: 2 }])
  })

  test('twice, or by two at once, is done once', async () => {
    const { version } = await desk.rehearse(key)
    const answers = await Promise.all([desk.trySwitch(key, version), desk.trySwitch(key, version)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await desk.trySwitch(key, version)).status).toBe(200)
    expect(await desk.told('key-replaced')).toHaveLength(1)
    expect((await desk.list()).keys).toMatchObject([{ version: 2, former: { version: 1 } }])
  })

  test('that never was rehearsed is refused as one that is gone', async () => {
    expect((await desk.trySwitch(key, 7)).problem).toMatchObject({
      slug: 'version-gone',
      facts: { version: 7 },
    })
    expect((await desk.list()).keys).toMatchObject([{ version: 1, former: null }])
  })

  test('lets nothing of the failures before weigh on the new secret', async () => {
    const { opened, workspace } = desk.world
    const resting = { workspace_id: workspace.id, scope: 'key', scope_id: key.id, reason: 'rate-limited' }
    const until = desk.world.now() + MINUTE
    await opened.database.db
      .insertInto('resting')
      .values({ ...resting, until_at: until, failures: 3, trial_until: null, revision: 1, changed_at: 0 })
      .execute()
    expect((await desk.list()).keys).toMatchObject([{ restsUntil: until }])
    const { version } = await desk.rehearse(key)
    expect(await desk.switchTo(key, version)).toMatchObject({ restsUntil: null })
  })
})

describe('returning to the former version', () => {
  test('finds it as it was, with its model, and keeps the other one for 15 minutes', async () => {
    lackingUsual()
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await desk.pass(10 * MINUTE)
    const card = await desk.switchTo(key, 1)
    const until = desk.world.now() + 15 * MINUTE
    expect(card).toMatchObject({
      version: 1,
      model: { id: key.model.id },
      former: { version: 2, until },
    })
    expect(card.models).toEqual(key.models)
    expect(await desk.told('key-returned')).toMatchObject([{ version: 1, model: key.model.id }])
    expect(await desk.switchTo(key, 2)).toMatchObject({ version: 2, former: { version: 1 } })
  })

  test('keeps a model that was chosen since', async () => {
    const other = key.models.find(({ id, price }) => price !== null && id !== key.model.id)
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await desk.owner.send('PATCH', `/v1/keys/${key.id}`, { model: other?.id })
    expect(await desk.switchTo(key, 1)).toMatchObject({ model: { id: other?.id } })
  })

  test('is over after 15 minutes: it is refused, and the secret is destroyed', async () => {
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await desk.pass(15 * MINUTE)
    expect((await desk.list()).keys).toMatchObject([{ version: 2, former: null }])
    expect((await desk.trySwitch(key, 1)).problem?.slug).toBe('version-gone')
    await Promise.all([destroyPast(), destroyPast()])
    expect(await desk.sealed()).toEqual([2])
    expect(await desk.told('key-version-destroyed')).toMatchObject([{ version: 1 }])
    await expect(open(1)).rejects.toThrow('no-provider-available')
    expect((await open(2)).secret).toBe(secondKey)
  })

  test('destroys only what nobody draws on, however late it is', async () => {
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await desk.switchTo(key, 1)
    await desk.pass(30 * 24 * 60 * MINUTE)
    await destroyPast()
    expect(await desk.sealed()).toEqual([1])
    expect((await open(1)).secret).toBe(firstKey)
  })
})

describe('disconnecting a key', () => {
  test('destroys what was rehearsed and the former version too, at once', async () => {
    const { version } = await desk.rehearse(key)
    await desk.switchTo(key, version)
    await desk.rehearse(key, 'sk-ant-sim-third-0123456789')
    expect(await desk.sealed()).toEqual([1, 2, 3])
    await desk.owner.send('DELETE', `/v1/keys/${key.id}`)
    expect(await desk.sealed()).toEqual([])
  })
})
