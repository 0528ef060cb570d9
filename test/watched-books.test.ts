import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openLocal } from '../extension/local/database.ts'
import { readCopy, readCopyState } from '../extension/local/receipts.ts'
import { openVault } from '../extension/vault/client.ts'
import type { Log } from '../shared/chains.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { databaseOf } from './operator/saved.ts'
import { given, type World } from './world.ts'

/** A further browser of the owner, which has looked at the books once. */
const watching = async (world: World) => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
  const asked = { kind: 'device' }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  await vault.pair({ deviceName: 'Test browser', timeZone: 'UTC', address: world.address(), code })
  const faults = async () => {
    const books = await vault.watchBooks()
    return Object.fromEntries(books.map(({ log, fault }) => [log, fault]))
  }
  return { local, vault, faults }
}

const fine = { ledger: undefined, audit: undefined }

const lastOf = async (world: World, log: Log): Promise<number> => {
  const database = databaseOf(world)
  const { seq } = await database.db
    .selectFrom('events')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('log', '=', log)
    .executeTakeFirstOrThrow()
  await database.close()
  return Number(seq)
}

/** Takes the last entries of a chain away, as an older copy of the database would not have them. */
const cutOff = async (world: World, log: Log, count: number): Promise<void> => {
  const last = await lastOf(world, log)
  const database = databaseOf(world)
  await database.db
    .deleteFrom('events')
    .where('log', '=', log)
    .where('seq', '>', last - count)
    .execute()
  await database.close()
}

const listed = async (world: World) =>
  (await world.owner.read('/v1/receipts?limit=200', ReceiptPage)).receipts

describe('a browser that has seen the vault’s books', () => {
  test('finds nothing wrong while they only grow, and knows their newest end', async () => {
    await using world = await given()
    const { vault, faults } = await watching(world)
    const [first] = await vault.watchBooks()
    expect(first?.seen).toBeUndefined()
    for (const text of ['Where is it?', 'When does it come?']) {
      await world.owner.ask(text)
      expect(await faults()).toEqual(fine)
    }
    const [ledger] = await vault.watchBooks()
    expect(ledger?.seen).toEqual(ledger?.told)
    expect(ledger?.seen?.length).toBe(await lastOf(world, 'ledger'))
  })

  test('says that they are shorter when their end is gone, until it is there again', async () => {
    await using world = await given()
    const { vault, faults } = await watching(world)
    await world.owner.ask('Where is it?')
    expect(await faults()).toEqual(fine)
    await cutOff(world, 'ledger', 1)
    expect(await faults()).toEqual({ ledger: 'shorter', audit: undefined })
    expect(await faults()).toEqual({ ledger: 'shorter', audit: undefined })
    const [ledger] = await vault.watchBooks()
    expect(ledger?.told?.length).toBe((ledger?.seen?.length ?? 0) - 1)
  })

  test('says that they are others when a new end took the place of the old one, however long it is', async () => {
    await using world = await given()
    const { faults } = await watching(world)
    await world.owner.setCap('40')
    expect(await faults()).toEqual(fine)
    await cutOff(world, 'audit', 1)
    await world.owner.setCap('41')
    expect(await faults()).toEqual({ ledger: undefined, audit: 'forked' })
    await world.owner.setCap('42')
    await world.owner.setCap('43')
    expect(await faults()).toEqual({ ledger: undefined, audit: 'forked' })
  })

  test('says that another key signs them, and takes them as they are when it is told to', async () => {
    await using world = await given()
    const { vault, faults } = await watching(world)
    expect(await faults()).toEqual(fine)
    const database = databaseOf(world)
    await database.db.deleteFrom('secrets').where('kind', '=', 'bookkeeping-key').execute()
    await database.close()
    await world.restart()
    expect(await faults()).toEqual({ ledger: 'other-key', audit: 'other-key' })
    await vault.acceptBooks()
    expect(await faults()).toEqual(fine)
  })

  test('trusts no signature that does not hold', async () => {
    await using world = await given()
    const { faults } = await watching(world)
    expect(await faults()).toEqual(fine)
    const real = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const response = await real(input, init)
      if (new URL(String(input)).pathname !== '/v1/heads') return response
      const text = (await response.text()).replaceAll(/\.[\w-]{10}([\w-]+)"/g, '.AAAAAAAAAA$1"')
      return new Response(text, { headers: { 'content-type': 'application/json' } })
    }
    expect(await faults()).toEqual({ ledger: 'unsigned', audit: 'unsigned' })
    globalThis.fetch = real
    expect(await faults()).toEqual(fine)
  })

  test('begins its copy of the receipts anew when the ledger is another than the one it followed', async () => {
    await using world = await given()
    const { local, vault } = await watching(world)
    for (const text of ['One?', 'Two?', 'Three?']) await world.owner.ask(text)
    await vault.syncReceipts()
    const before = await readCopyState(local)
    await cutOff(world, 'ledger', 2)
    const database = databaseOf(world)
    const [newest] = await listed(world)
    await database.db
      .deleteFrom('attempts')
      .where('receipt_id', '=', newest?.id ?? '')
      .execute()
    await database.db
      .deleteFrom('receipts')
      .where('id', '=', newest?.id ?? '')
      .execute()
    await database.close()
    const synced = await vault.syncReceipts()
    expect(synced.before).toBeUndefined()
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
    for (const text of ['Four?', 'Five?']) await world.owner.ask(text)
    await vault.syncReceipts()
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
    expect((await readCopyState(local))?.cursor).not.toBe(before?.cursor)
  })
})
