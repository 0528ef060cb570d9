import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openLocal } from '../extension/local/database.ts'
import { keepChanges, readCopy, readCopyState } from '../extension/local/receipts.ts'
import { fitting } from '../extension/options/receipts/fitting.ts'
import { openVault } from '../extension/vault/client.ts'
import { problemOf } from '../extension/vault/problem.ts'
import type { Role } from '../shared/members.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { ReceiptPage, type ReceiptSummary } from '../shared/receipts.ts'
import { given, type World } from './world.ts'

/** A browser of a member of the world, with a database of its own. */
const browserOf = async (world: World, asked: { kind: 'device' } | { kind: 'invite'; role: Role }) => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const parts = { local, now: Date.now, newId: () => crypto.randomUUID() }
  const vault = openVault(parts)
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  const names = { deviceName: 'Test browser', timeZone: 'Europe/Berlin', memberName: 'Aya Agent' }
  const connection = await vault.pair({ ...names, address: world.address(), code })
  return { local, vault, connection, anotherSurface: () => openVault(parts) }
}

const listed = async (world: World): Promise<readonly ReceiptSummary[]> =>
  (await world.owner.read('/v1/receipts?limit=200', ReceiptPage)).receipts

const askTimes = async (world: World, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) await world.owner.ask(`Question ${time}`)
}

/** Answers a browser's fetch page by page of `size`, and breaks after so many answers of changes; restores itself. */
const pagesOf = (size: number, breakAfter = Number.POSITIVE_INFINITY): Disposable => {
  const real = globalThis.fetch
  let answered = 0
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    if (url.pathname !== '/v1/receipts/changes') return real(input, init)
    answered += 1
    if (answered > breakAfter) throw new TypeError('the line is dead')
    url.searchParams.set('limit', String(size))
    return real(url, init)
  }
  return {
    [Symbol.dispose]: () => {
      globalThis.fetch = real
    },
  }
}

describe('a browser’s copy of the receipts', () => {
  test('has exactly what the vault lists, and follows what is added', async () => {
    await using world = await given()
    await askTimes(world, 3)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
    await askTimes(world, 2)
    const { changed } = await vault.syncReceipts()
    expect(changed).toHaveLength(2)
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
    expect((await vault.syncReceipts()).changed).toEqual([])
  })

  test('loses and doubles nothing when it is cut off between pages', async () => {
    await using world = await given()
    await askTimes(world, 6)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    const told: number[] = []
    {
      using _ = pagesOf(2, 2)
      await expect(vault.syncReceipts((read) => told.push(read))).rejects.toThrow('no-answer')
    }
    const half = await readCopy(local)
    expect(half.receipts).toHaveLength(4)
    expect(half.state?.currentAt).toBeNull()
    {
      using _ = pagesOf(2)
      await vault.syncReceipts((read) => told.push(read))
    }
    expect(told).toEqual([2, 4, 6])
    const whole = await readCopy(local)
    expect(whole.receipts).toEqual(await listed(world))
    expect(whole.state?.currentAt).toBeGreaterThan(0)
  })

  test('keeps a page and its place together or neither', async () => {
    await using world = await given()
    await askTimes(world, 2)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    const crash = (): never => {
      throw new Error('the browser was closed')
    }
    local.receiptCopy.hook('creating', crash)
    await expect(vault.syncReceipts()).rejects.toThrow('the browser was closed')
    local.receiptCopy.hook('creating').unsubscribe(crash)
    expect(await readCopy(local)).toEqual({ state: undefined, receipts: [] })
    await vault.syncReceipts()
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
  })

  test('is the same when two surfaces read at once', async () => {
    await using world = await given()
    await askTimes(world, 5)
    const { vault, local, anotherSurface } = await browserOf(world, { kind: 'device' })
    using _ = pagesOf(1)
    await Promise.all([vault.syncReceipts(), anotherSurface().syncReceipts()])
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
  })

  test('does not go back when another surface is ahead', async () => {
    await using world = await given()
    await askTimes(world, 1)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    const copy = await readCopy(local)
    const older = copy.receipts.map((receipt) => ({ ...receipt, certainty: 'pending' as const }))
    const page = {
      receipts: older,
      next: 'earlier',
      more: false,
      whose: 'everybody',
      prunedBefore: null,
    } as const
    expect(await local.together(() => keepChanges(local, undefined, page, 5))).toBe('overtaken')
    expect(await readCopy(local)).toEqual(copy)
  })

  test('is thrown away and begun anew when it is of another set', async () => {
    await using world = await given()
    await askTimes(world, 2)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    const state = await readCopyState(local)
    await local.receiptCopy.put({ id: 'only', ...state, whose: 'own' })
    await local.receipts.put({ ...((await local.receipts.toArray())[0] as object), id: crypto.randomUUID() })
    const { before } = await vault.syncReceipts()
    expect(before).toBeUndefined()
    expect(await readCopy(local)).toMatchObject({
      state: { whose: 'everybody' },
      receipts: await listed(world),
    })
  })

  test('holds an agent’s own receipts and no others', async () => {
    await using world = await given()
    await askTimes(world, 2)
    const { vault, local } = await browserOf(world, { kind: 'invite', role: 'agent' })
    await vault.syncReceipts()
    expect(await readCopy(local)).toMatchObject({ state: { whose: 'own' }, receipts: [] })
  })

  test('forgets what the vault no longer keeps', async () => {
    await using world = await given()
    await askTimes(world, 3)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    const { state, receipts } = await readCopy(local)
    const [newest] = receipts
    if (state === undefined || newest === undefined) throw new Error('nothing was read')
    await vault.receipt(receipts.at(-1)?.id ?? '')
    const changes = { receipts: [], next: 'later', more: false, whose: state.whose, prunedBefore: newest.at }
    await local.together(() => keepChanges(local, state.cursor, changes, 5))
    expect((await readCopy(local)).receipts).toEqual([newest])
    expect(await local.wholeReceipts.count()).toBe(0)
  })

  test('is forgotten when its place means nothing to the vault, and read again at once', async () => {
    await using world = await given()
    await askTimes(world, 1)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    const state = await readCopyState(local)
    await local.receiptCopy.put({ id: 'only', ...state, cursor: 'of another vault' })
    expect((await vault.syncReceipts()).before).toBeUndefined()
    expect((await readCopy(local)).receipts).toEqual(await listed(world))
  })

  test('is gone after signing out, and a page that was on its way is not stored', async () => {
    await using world = await given()
    await askTimes(world, 2)
    const { vault, local } = await browserOf(world, { kind: 'device' })
    await vault.syncReceipts()
    const real = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const answer = await real(input, init)
      if (String(input).includes('/v1/receipts/changes')) await local.wipe()
      return answer
    }
    const ended = await vault.syncReceipts().catch((thrown: unknown) => problemOf(thrown)?.slug)
    globalThis.fetch = real
    expect(ended).toBe('not-paired')
    expect(await local.receipts.count()).toBe(0)
    expect(await local.receiptCopy.count()).toBe(0)
  })
})

describe('searching the copy', () => {
  test('finds what the vault finds', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await world.owner.ask('One')
    await world.owner.ask('Two', { site: 'https://acme.zendesk.example' })
    const aya = await world.owner.invite('agent', 'Aya Agent')
    await aya.ask('Three')
    const all = await listed(world)
    const [newest] = all
    const searches = [
      { search: 'olive' },
      { search: 'AYA desk' },
      { search: 'zendesk' },
      { search: 'haiku' },
      { search: newest?.id.slice(0, 8) ?? '' },
      { search: 'nobody' },
      { purpose: 'verify' as const },
      { provider: 'openai' as const },
      { memberId: newest?.memberId ?? '' },
      { from: newest?.at ?? 0 },
      { to: newest?.at ?? 0 },
    ]
    for (const search of searches) {
      const wire = Object.entries(search).map(([name, value]) => [
        name,
        name === 'from' || name === 'to' ? new Date(value).toISOString() : String(value),
      ])
      const asked = await world.owner.read(`/v1/receipts?${new URLSearchParams(wire)}`, ReceiptPage)
      expect(fitting(all, search), JSON.stringify(search)).toEqual(asked.receipts)
    }
  })
})
