import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKey } from '../../server/domain/keys/keys.ts'
import { destroyPastVersions } from '../../server/domain/keys/rotation.ts'
import type { Key } from '../../shared/keys.ts'
import { Receipt } from '../../shared/receipts.ts'
import { type Desk, firstKey, givenDesk, MINUTE, secondKey } from './desk.ts'

const adminKey = 'sk-ant-admin-sim-reports-0001'
const elsewhereKey = 'sk-ant-sim-other-org-0123456789'

describe('rehearsing another secret', () => {
  let desk: Desk
  let key: Key
  beforeEach(async () => {
    desk = await givenDesk()
    key = await desk.connect()
  })
  afterEach(() => desk[Symbol.asyncDispose]())

  const open = (version: number) => openKey(desk.world.opened)(desk.world.workspace.id, key.id, version)
  const connectReports = () =>
    desk.owner.send('POST', '/v1/reporting-keys', { provider: 'anthropic', key: adminKey })

  test('tries it by a call that has a receipt, keeps it sealed for 15 minutes, and changes nothing yet', async () => {
    const before = desk.simulator.bill()
    const rehearsal = await desk.rehearse(key)
    expect(rehearsal).toMatchObject({ keyId: key.id, version: 2, model: { id: key.model.id } })
    expect(rehearsal).toMatchObject({ lost: [], gained: 0, organization: 'same', reporting: 'none' })
    expect(rehearsal.expiresAt).toBe(desk.world.now() + 15 * MINUTE)
    const answer = await desk.owner.send('GET', `/v1/receipts/${rehearsal.receiptId}`)
    const receipt = Receipt.parse(JSON.parse(answer.text))
    expect(receipt).toMatchObject({ purpose: 'verify', settled: desk.simulator.bill() - before })
    expect(receipt.attempts).toMatchObject([{ keyVersion: 2 }])
    const { keys } = await desk.list()
    expect(keys).toMatchObject([{ version: 1, former: null, model: { id: key.model.id } }])
    expect((await open(1)).secret).toBe(firstKey)
    expect((await open(2)).secret).toBe(secondKey)
    expect(await desk.told('key-rehearsed')).toMatchObject([{ label: 'Anthropic', version: 2 }])
    expect(await desk.told('key-replaced')).toEqual([])
  })

  test('names the models that go, and the channels that use them', async () => {
    const [other, unused] = key.models.filter(({ id, price }) => price !== null && id !== key.model.id)
    const chosen = { anthropic: other?.id }
    await desk.owner.send('POST', '/v1/channels', { name: 'Chat', sites: ['chat.example'], models: chosen })
    const lacking = [key.model.id, other?.id ?? '', unused?.id ?? '']
    const listed = desk.simulator.plan
    listed({ provider: 'anthropic', of: 'models', next: [{ do: 'healthy', lacking }] })
    const rehearsal = await desk.rehearse(key)
    expect(lacking).not.toContain(rehearsal.model.id)
    expect(rehearsal.lost).toEqual(
      expect.arrayContaining([
        { id: key.model.id, name: key.model.name, usual: true, channels: [] },
        { id: other?.id, name: other?.name, usual: false, channels: ['Chat'] },
        { id: unused?.id, name: unused?.name, usual: false, channels: [] },
      ]),
    )
    expect(rehearsal.lost).toHaveLength(3)
  })

  test('counts the models that come', async () => {
    const [one] = key.models.filter(({ id }) => id !== key.model.id)
    const lacking = [one?.id ?? '']
    desk.simulator.plan({ provider: 'anthropic', of: 'models', next: [{ do: 'healthy', lacking }] })
    const { version } = await desk.rehearse(key)
    const poorer = await desk.switchTo(key, version)
    expect(await desk.rehearse(poorer, firstKey)).toMatchObject({ lost: [], gained: 1 })
  })

  test('of a key that may not read its models says only what the call has shown', async () => {
    const { plan } = desk.simulator
    plan({ provider: 'anthropic', of: 'models', next: ['list-forbidden'] })
    expect(await desk.rehearse(key)).toMatchObject({ lost: [], gained: 0 })
    plan({ provider: 'anthropic', of: 'models', next: ['list-forbidden'] })
    plan({ provider: 'anthropic', next: ['model-missing'] })
    const lost = [{ id: key.model.id, name: key.model.name, usual: true, channels: [] }]
    expect(await desk.rehearse(key)).toMatchObject({ lost, gained: 0 })
  })

  test('tells another organization of the provider', async () => {
    expect(await desk.rehearse(key, elsewhereKey)).toMatchObject({ organization: 'other' })
  })

  test('does not guess the organization of a version that was stored before there was a mark of it', async () => {
    const { db } = desk.world.opened.database
    await db.updateTable('provider_key_versions').set({ organization: null }).execute()
    expect(await desk.rehearse(key)).toMatchObject({ organization: 'unknown' })
  })

  test('says whether the reports that are read will show its use, and finds it among their keys', async () => {
    await connectReports()
    expect(await desk.rehearse(key)).toMatchObject({ reporting: 'fits' })
    const { text } = await desk.owner.send('GET', '/v1/reporting-keys')
    const { links } = JSON.parse(text).keys[0]
    expect(links.find(({ version }: { version: number }) => version === 2)).toMatchObject({ by: 'hint' })
    expect(await desk.rehearse(key, elsewhereKey)).toMatchObject({ reporting: 'differs' })
    desk.simulator.plan({ provider: 'anthropic', of: 'reports', next: ['overloaded'] })
    expect(await desk.rehearse(key)).toMatchObject({ reporting: 'unknown' })
  })

  test('that is refused changes nothing, not even what was rehearsed before', async () => {
    await desk.rehearse(key)
    const refused = await desk.tryRehearsal(key, 'sk-ant-sim-key-invalid-0123456789')
    expect(refused.problem).toMatchObject({ slug: 'key-refused', facts: { reason: 'key-invalid' } })
    const busy = await desk.tryRehearsal(key, 'sk-ant-sim-overloaded-0123456789')
    expect(busy.problem).toMatchObject({ slug: 'key-unverified', facts: { reason: 'overloaded' } })
    const misshapen = await desk.tryRehearsal(key, 'sk-ant-short')
    expect(misshapen.problem?.slug).toBe('key-misshapen')
    expect(await desk.sealed()).toEqual([1, 2])
    expect((await desk.list()).keys).toMatchObject([{ version: 1, state: 'active' }])
    expect(await desk.told('key-refused')).toHaveLength(2)
  })

  test('once more destroys what was rehearsed before', async () => {
    await desk.rehearse(key)
    expect(await desk.rehearse(key, 'sk-ant-sim-third-0123456789')).toMatchObject({ version: 3 })
    expect(await desk.sealed()).toEqual([1, 3])
    expect(await desk.told('key-version-destroyed')).toMatchObject([{ version: 2 }])
    expect((await desk.trySwitch(key, 2)).problem).toMatchObject({
      slug: 'version-gone',
      facts: { version: 2 },
    })
  })

  test('twice at the same moment keeps one, which is the one that opens', async () => {
    const secrets = ['one', 'other'].map((name) => `sk-ant-sim-${name}-0123456789`)
    const verifying = { do: 'slow', delayMs: 1_500 } as const
    desk.simulator.plan({ provider: 'anthropic', next: [verifying, verifying] })
    const answers = await Promise.all(secrets.map((secret) => desk.tryRehearsal(key, secret)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 410])
    const winner = secrets[answers.findIndex(({ status }) => status === 201)]
    await desk.switchTo(key, 2)
    expect((await open(2)).secret).toBe(winner)
  })

  test('that nobody switches to is destroyed after 15 minutes', async () => {
    const { version } = await desk.rehearse(key)
    await desk.pass(15 * MINUTE - 1)
    await destroyPastVersions(desk.world.opened)()
    expect(await desk.sealed()).toEqual([1, 2])
    await desk.pass(1)
    expect((await desk.trySwitch(key, version)).problem?.slug).toBe('version-gone')
    await destroyPastVersions(desk.world.opened)()
    expect(await desk.sealed()).toEqual([1])
    expect(await desk.told('key-version-destroyed')).toMatchObject([{ label: 'Anthropic', version: 2 }])
  })
})
