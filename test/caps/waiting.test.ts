import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openLocal } from '../../extension/local/database.ts'
import { askedPatiently, type WaitReason } from '../../extension/ui/drafts/waiting.ts'
import { openVault } from '../../extension/vault/client.ts'
import { problemOf } from '../../extension/vault/problem.ts'
import type { DraftEvent } from '../../shared/drafts.ts'
import { pico, Usd } from '../../shared/money.ts'
import { draftRequest, given, type World } from '../world.ts'

const pairedPanel = async (world: World) => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
  const answer = await world.owner.request('POST', '/v1/pairing-codes', { kind: 'device' })
  const { code } = JSON.parse(answer.text)
  await vault.pair({ address: world.address(), code, deviceName: 'Panel', timeZone: 'UTC' })
  return vault
}

/** Leaves room for one draft and a shorter one, even as its input is counted, and has a slow one written; `ended` once it is. */
const givenFullCap = async (world: World) => {
  const { events } = await world.owner.ask('Where is it?')
  const held = events.find((event) => event.type === 'started')?.held ?? 0n
  const { settled } = await world.owner.cap()
  await world.owner.setCap(Usd.encode(pico(settled + (held * 15n) / 10n)))
  world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 100 }] })
  const begun = Promise.withResolvers<void>()
  const ended = world.owner.draft(draftRequest('And this one?'), {
    onEvent: (event) => event.type === 'text-delta' && begun.resolve(),
  })
  await begun.promise
  return { ended }
}

describe('a panel that is refused because other drafts hold what is left', () => {
  test('says so, waits, and asks again by itself until there is room', async () => {
    await using world = await given()
    const vault = await pairedPanel(world)
    const { ended } = await givenFullCap(world)
    const [waits, events]: [WaitReason[], DraftEvent[]] = [[], []]
    const { signal } = new AbortController()
    const request = draftRequest('Where is it?')
    const asked = () => vault.draft(request, { signal, onEvent: (event) => void events.push(event) })
    await askedPatiently(asked, (reason) => void waits.push(reason), signal)
    await ended
    expect(new Set(waits)).toEqual(new Set(['cap-held']))
    expect(events.at(-1)?.type).toBe('receipt')
    expect((await world.owner.cap()).held).toBe(0n)
  })

  test('stops waiting when the person stops, and tells the refusal: nothing was begun', async () => {
    await using world = await given()
    const vault = await pairedPanel(world)
    const { ended } = await givenFullCap(world)
    const stop = new AbortController()
    const asked = () => vault.draft(draftRequest('Hm?'), { signal: stop.signal, onEvent: () => {} })
    const thrown = await askedPatiently(asked, () => stop.abort(), stop.signal).catch((error) => error)
    expect(problemOf(thrown)?.slug).toBe('cap-held')
    await ended
    expect(await world.owner.receipts()).toHaveLength(3)
  })
})
