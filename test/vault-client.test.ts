import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLocal } from '../extension/local/database.ts'
import { keepDraft, keptDrafts } from '../extension/local/drafts.ts'
import { keptReceipt, readCopy } from '../extension/local/receipts.ts'
import { openVault } from '../extension/vault/client.ts'
import { problemOf } from '../extension/vault/problem.ts'
import type { DraftEvent } from '../shared/drafts.ts'
import { dollars } from '../shared/money.ts'
import { draftRequest, given, type World } from './world.ts'

const newBrowser = (now: () => number = Date.now) => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const parts = { local, now, newId: () => crypto.randomUUID() }
  return { local, vault: openVault(parts), anotherSurface: () => openVault(parts) }
}

const form = (address: string, code: string) => ({
  address,
  code,
  deviceName: 'Test browser',
  timeZone: 'Europe/Berlin',
  memberName: 'Ada',
  workspaceName: 'Acme',
})

const wrongCode = '7F3K9Q-AAAA-BBBB-CCCC-DDDD'

const slugOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work
    return undefined
  } catch (thrown) {
    return problemOf(thrown)?.slug
  }
}

/** Something that is not a vault, on a port of its own. */
const strangerThat = async (answer: RequestListener) => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { address: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close }
}

const pairedBrowser = async (world: World, now?: () => number) => {
  const browser = newBrowser(now)
  const { code } = JSON.parse(
    (await world.owner.request('POST', '/v1/pairing-codes', { kind: 'device' })).text,
  )
  await browser.vault.pair(form(world.address(), code))
  return browser
}

const listen = () => {
  const events: DraftEvent[] = []
  const stop = new AbortController()
  const text = () => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
  return { events, stop, text, signal: stop.signal, onEvent: (event: DraftEvent) => void events.push(event) }
}

describe('pairing a browser', () => {
  test('keeps a key that scripts cannot export, and knows who it is', async () => {
    await using world = await given({ paired: false, keys: [] })
    const { vault, local } = newBrowser()
    const connection = await vault.pair(form(`${world.address()}/some/path?x=1`, await world.setupCode()))
    expect(connection.address).toBe(world.address())
    expect(connection.workspaceName).toBe('Acme')
    expect((await vault.status()).member).toMatchObject({ name: 'Ada', role: 'owner' })
    expect(await vault.connection()).toEqual(connection)
    const [key] = await local.deviceKeys.toArray()
    expect(key).toMatchObject({ id: 'paired', privateKey: { extractable: false } })
  })

  test('tells each thing that can be wrong apart, and stays unpaired', async () => {
    await using world = await given({ paired: false, keys: [] })
    await using page = await strangerThat((_, answer) => answer.end('<html>hello</html>'))
    await using silent = await strangerThat((_, answer) => answer.destroy())
    await using proxy = await strangerThat((_, answer) =>
      answer.writeHead(502).end('<html>Bad gateway</html>'),
    )
    await using old = await strangerThat((_, answer) =>
      answer.setHeader('content-type', 'application/json').end('{"service":"ownkey","contracts":[0]}'),
    )
    await using young = await strangerThat((_, answer) =>
      answer.setHeader('content-type', 'application/json').end('{"service":"ownkey","contracts":[8,9]}'),
    )
    const { vault } = newBrowser()
    const pairAt = (address: string, code = wrongCode) => slugOf(vault.pair(form(address, code)))
    expect(await pairAt('http://vault.example')).toBe('address-not-https')
    expect(await pairAt('ftp://vault.example')).toBe('address-invalid')
    expect(await pairAt(' ')).toBe('address-invalid')
    expect(await pairAt('my vault')).toBe('address-invalid')
    expect(await pairAt(world.address(), 'hello')).toBe('code-malformed')
    expect(await pairAt(world.address())).toBe('pairing-refused')
    expect(await pairAt(page.address)).toBe('not-a-vault')
    expect(await pairAt(silent.address)).toBe('no-answer')
    expect(await pairAt(proxy.address)).toBe('no-answer')
    expect(await pairAt(old.address)).toBe('vault-too-old')
    expect(await pairAt(young.address)).toBe('extension-too-old')
    expect(await vault.connection()).toBeUndefined()
    expect(await slugOf(vault.status())).toBe('not-paired')
  })

  test('does not spend the code when a name is missing', async () => {
    await using world = await given({ paired: false, keys: [] })
    const { vault } = newBrowser()
    const { memberName: _, ...nameless } = form(world.address(), await world.setupCode())
    expect(await slugOf(vault.pair(nameless))).toBe('name-needed')
    await vault.pair({ ...nameless, memberName: 'Ada' })
    expect(await vault.connection()).toBeDefined()
  })

  test('succeeds with a used code when only this side did not get to know of it', async () => {
    await using world = await given({ paired: false, keys: [] })
    const code = await world.setupCode()
    const browser = newBrowser()
    const crash = (): never => {
      throw new Error('the browser was closed')
    }
    browser.local.connection.hook('creating', crash)
    await expect(browser.vault.pair(form(world.address(), code))).rejects.toThrow('the browser was closed')
    browser.local.connection.hook('creating').unsubscribe(crash)
    const connection = await browser.vault.pair(form(world.address(), code))
    expect((await browser.vault.status()).deviceId).toBe(connection.deviceId)
  })

  test('corrects a clock that is an hour wrong by what the vault says', async () => {
    await using world = await given()
    const { vault } = await pairedBrowser(world, () => Date.now() - 3_600_000)
    expect((await vault.status()).workspace.name).toBe('Acme Support')
  })
})

describe('the vault client', () => {
  let world: World
  beforeAll(async () => {
    world = await given({ cap: '50' })
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test('reads and changes the books in exact amounts', async () => {
    const { vault } = await pairedBrowser(world)
    expect((await vault.setCap(dollars('49.5'))).limit).toBe(dollars('49.5'))
    expect((await vault.cap()).limit).toBe(dollars('49.5'))
    expect((await vault.spend()).cap.limit).toBe(dollars('49.5'))
    expect((await vault.keys()).map(({ provider }) => provider)).toEqual(['anthropic'])
    expect((await vault.audit({ limit: 5 })).entries.map(({ kind }) => kind)).toContain('cap-changed')
  })

  test('streams a draft to its receipt and keeps the receipt for reading offline', async () => {
    const { vault, local } = await pairedBrowser(world)
    const heard = listen()
    await vault.draft(draftRequest('Where is my parcel?'), heard)
    const last = heard.events.at(-1)
    if (last?.type !== 'receipt') throw new Error(`the stream ended with ${last?.type}`)
    expect(heard.text()).not.toBe('')
    expect(await keptReceipt(local, last.receipt.id)).toEqual(last.receipt)
    const page = await vault.receipts({ limit: 10 })
    expect(page.receipts[0]?.id).toBe(last.receipt.id)
    expect((await readCopy(local)).receipts).toEqual([page.receipts[0]])
    expect(await keptReceipt(local, last.receipt.id)).toEqual(await vault.receipt(last.receipt.id))
  })

  test('gives the same draft for the same idempotency key, without a second charge', async () => {
    const { vault } = await pairedBrowser(world)
    const request = draftRequest('Is it in stock?')
    const [first, second] = [listen(), listen()]
    await vault.draft(request, first)
    const bill = await world.bill()
    await vault.draft(request, second)
    expect(second.text()).toBe(first.text())
    expect(await world.bill()).toBe(bill)
  })

  test('throws the refusal of a draft before its stream', async () => {
    const { vault } = await pairedBrowser(world)
    const request = draftRequest('One')
    await vault.draft(request, listen())
    const other = { ...draftRequest('Two'), idempotencyKey: request.idempotencyKey }
    expect(await slugOf(vault.draft(other, listen()))).toBe('key-reused')
  })

  test('gives the reason of the one who stopped', async () => {
    const { vault } = await pairedBrowser(world)
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 50 }] })
    const heard = listen()
    const onEvent = (event: DraftEvent): void => {
      heard.onEvent(event)
      if (event.type === 'text-delta') heard.stop.abort('enough')
    }
    await expect(vault.draft(draftRequest('Stop me'), { signal: heard.signal, onEvent })).rejects.toBe(
      'enough',
    )
  })

  test('renews a token that has ended, once for all who wait', async () => {
    let lateMs = 0
    const { vault } = await pairedBrowser(world, () => Date.now() + lateMs)
    await vault.status()
    lateMs = 290_000
    const [one, other] = await Promise.all([vault.status(), vault.cap()])
    expect(one.workspace.id).toBeDefined()
    expect(other.limit).toBeDefined()
  })

  test('wipes this browser when its device was removed', async () => {
    const { vault, local, anotherSurface } = await pairedBrowser(world)
    const { deviceId } = await vault.status()
    await vault.syncReceipts()
    expect(await local.receipts.count()).toBeGreaterThan(0)
    await world.owner.request('DELETE', `/v1/devices/${deviceId}`)
    expect(await slugOf(anotherSurface().status())).toBe('device-removed')
    expect(await vault.connection()).toBeUndefined()
    expect(await local.deviceKeys.count()).toBe(0)
    expect(await local.receipts.count()).toBe(0)
  })

  test('leaves a newer pairing alone when the older device was removed', async () => {
    const { vault, anotherSurface } = await pairedBrowser(world)
    const old = anotherSurface()
    const { deviceId } = await old.status()
    const { code } = await vault.makePairingCode({ kind: 'device' })
    const connection = await vault.pair(form(world.address(), code))
    await world.owner.request('DELETE', `/v1/devices/${deviceId}`)
    expect(await slugOf(old.status())).toBe('device-removed')
    expect(await vault.connection()).toEqual(connection)
    expect((await vault.status()).deviceId).toBe(connection.deviceId)
  })

  test('signs out at the vault, then here', async () => {
    const { vault, local } = await pairedBrowser(world)
    const { deviceId } = await vault.status()
    await vault.signOut()
    expect(await vault.connection()).toBeUndefined()
    expect(await local.deviceKeys.count()).toBe(0)
    const { text } = await world.owner.request('GET', '/v1/devices')
    expect(text).not.toContain(deviceId)
  })
})

test('a stream that a dying vault cut off is said to be cut off, and the marked receipt is there afterwards', async () => {
  await using world = await given({ process: true })
  const { vault } = await pairedBrowser(world)
  const request = draftRequest('Will this survive?')
  world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 100 }] })
  const heard = listen()
  const killed = Promise.withResolvers<void>()
  const onEvent = (event: DraftEvent): void => {
    heard.onEvent(event)
    if (event.type === 'text-delta' && heard.text().length < 40)
      world.kill().then(killed.resolve, killed.reject)
  }
  expect(await slugOf(vault.draft(request, { signal: heard.signal, onEvent }))).toBe('cut-off')
  await killed.promise
  expect(await slugOf(vault.status())).toBe('no-answer')
  await world.start()
  const after = listen()
  await vault.draft(request, after)
  const last = after.events.at(-1)
  expect(last).toMatchObject({ type: 'problem', receipt: { outcome: 'lost', certainty: 'estimated' } })
})

describe('drafts kept in this browser', () => {
  const place = { site: 'https://desk.example', place: 'f00' }
  const minutes = (count: number) => count * 60_000

  test('are found by their place, newest first, and forgotten when they are old', async () => {
    const { local } = newBrowser()
    const request = draftRequest('Hello')
    const ended = { state: 'ended', ...place, text: 'Hi', receiptId: null } as const
    const day = minutes(24 * 60)
    await keepDraft(local, { ...ended, id: crypto.randomUUID(), at: 0 })
    await keepDraft(local, { ...ended, id: crypto.randomUUID(), at: day, text: 'Later' })
    await keepDraft(local, {
      state: 'asked',
      ...place,
      id: request.idempotencyKey,
      at: day + 1,
      text: '',
      request,
    })
    await keepDraft(local, { ...ended, id: crypto.randomUUID(), at: day, place: 'elsewhere' })
    expect((await keptDrafts(local, place, day + minutes(9))).map(({ state }) => state)).toEqual([
      'asked',
      'ended',
      'ended',
    ])
    const texts = (await keptDrafts(local, place, 7 * day + 1)).map(({ text }) => text)
    expect(texts).toEqual(['Later'])
  })
})
