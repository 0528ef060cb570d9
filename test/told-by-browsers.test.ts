import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editedPercent } from '../extension/assistant/insert/edited.ts'
import { openLocal } from '../extension/local/database.ts'
import { queuedOutcomes, queueOutcome } from '../extension/local/outcomes.ts'
import { fitting } from '../extension/options/receipts/fitting.ts'
import { openVault } from '../extension/vault/client.ts'
import { problemOf } from '../extension/vault/problem.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { given, type World } from './world.ts'

const browserOf = async (world: World) => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
  const asked = { kind: 'device' }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  await vault.pair({ deviceName: 'Test browser', timeZone: 'UTC', address: world.address(), code })
  return { local, vault }
}

const listed = async (world: World, query = '') =>
  (await world.owner.read(`/v1/receipts?limit=200&${query}`, ReceiptPage)).receipts

const drafts = (world: World) => listed(world, 'purpose=draft')

describe('how much of a draft was changed', () => {
  test('is 0 exactly when it was not, and 100 when nothing of it is left', () => {
    expect(editedPercent('Thank you, Dana.', 'Thank you, Dana.')).toBe(0)
    expect(editedPercent('abc', 'xyz')).toBe(100)
    expect(editedPercent('abc', '')).toBe(100)
    expect(editedPercent('', '')).toBe(0)
    expect(editedPercent('x'.repeat(10_000), `${'x'.repeat(10_000)}!`)).toBe(1)
    expect(editedPercent('Hello Dana', 'Hello Dano')).toBe(10)
  })

  test('is a whole number from 0 to 100, the same both ways, of any two texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const percent = editedPercent(one, other)
        expect(Number.isInteger(percent) && percent >= 0 && percent <= 100).toBe(true)
        expect(percent === 0).toBe(one === other)
        expect(editedPercent(other, one)).toBe(percent)
      }),
    )
  })

  test('looks no further than a draft may be long', () => {
    const long = 'x'.repeat(20_000)
    expect(editedPercent(`${long}${'a'.repeat(1_000_000)}`, `${long}${'b'.repeat(1_000_000)}`)).toBe(0)
  })
})

describe('a browser that knows what became of a draft', () => {
  test('tells the vault, and asks nobody when nothing waits', async () => {
    await using world = await given()
    const { local, vault } = await browserOf(world)
    await world.owner.ask('Where is it?')
    const [receipt] = await drafts(world)
    await queueOutcome(local, { receiptId: receipt?.id ?? '', outcome: 'inserted', editedPercent: 7 })
    await vault.tellOutcomes()
    expect((await drafts(world))[0]?.told).toEqual({ outcome: 'inserted', editedPercent: 7 })
    expect(await queuedOutcomes(local)).toEqual([])
    const real = globalThis.fetch
    globalThis.fetch = () => Promise.reject(new TypeError('nobody is to be asked'))
    await vault.tellOutcomes()
    globalThis.fetch = real
  })

  test('keeps it while the vault does not answer, and tells it later', async () => {
    await using world = await given()
    const { local, vault } = await browserOf(world)
    await world.owner.ask('Where is it?')
    const [receipt] = await drafts(world)
    const waiting = { receiptId: receipt?.id ?? '', outcome: 'copied', editedPercent: 0 } as const
    await queueOutcome(local, waiting)
    const real = globalThis.fetch
    globalThis.fetch = () => Promise.reject(new TypeError('the line is dead'))
    const thrown = await vault.tellOutcomes().catch((problem: unknown) => problem)
    globalThis.fetch = real
    expect(problemOf(thrown)?.slug).toBe('no-answer')
    expect(await queuedOutcomes(local)).toEqual([waiting])
    await vault.tellOutcomes()
    expect((await drafts(world))[0]?.told).toEqual({ outcome: 'copied', editedPercent: 0 })
  })

  test('remembers the strongest of what waits, and gives up what the vault has no receipt for', async () => {
    await using world = await given()
    const { local, vault } = await browserOf(world)
    await world.owner.ask('Where is it?')
    const receiptId = (await drafts(world))[0]?.id ?? ''
    await queueOutcome(local, { receiptId, outcome: 'inserted', editedPercent: 4 })
    await queueOutcome(local, { receiptId, outcome: 'discarded', editedPercent: 0 })
    const gone = { receiptId: crypto.randomUUID(), outcome: 'copied', editedPercent: 0 } as const
    await queueOutcome(local, gone)
    await vault.tellOutcomes()
    expect(await queuedOutcomes(local)).toEqual([])
    expect((await drafts(world))[0]?.told).toEqual({ outcome: 'inserted', editedPercent: 4 })
  })

  test('finds the same receipts in its copy as the vault does', async () => {
    await using world = await given()
    const { local, vault } = await browserOf(world)
    const first = (await world.owner.ask('Where is it?')).receipt
    await world.owner.ask('When does it come?')
    await queueOutcome(local, { receiptId: first?.id ?? '', outcome: 'inserted', editedPercent: 4 })
    await vault.tellOutcomes()
    const all = await listed(world)
    const searches = [
      { told: 'inserted' },
      { told: 'nothing' },
      { told: 'copied' },
      { resolutionId: first?.resolutionId ?? '' },
    ] as const
    for (const search of searches) {
      const query = new URLSearchParams(search).toString()
      expect(fitting(all, search)).toEqual(await listed(world, query))
    }
  })
})
