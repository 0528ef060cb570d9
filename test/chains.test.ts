import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { link, walk } from '../server/crypto/chain.ts'
import { AuditPage } from '../shared/audit.ts'
import { ChainList, ExportedEntry, ExportedHead, ExportHeader, type Log } from '../shared/chains.ts'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { DeviceList } from '../shared/members.ts'
import { extensionOrigin } from './device.ts'
import { type Browser, type GivenVault, givenVault } from './identity/vault.ts'
import { until } from './world.ts'

let world: GivenVault
afterEach(() => world.stop())

const given = async (): Promise<Browser> => {
  world = await givenVault()
  return world.owner()
}

const states = async (by: Browser) =>
  ChainList.parse(JSON.parse((await by.send('GET', '/v1/chains')).text)).chains
const audited = async (by: Browser) =>
  AuditPage.parse(JSON.parse((await by.send('GET', '/v1/audit')).text)).entries

/** A file as it came, taken apart line by line. */
const read = (text: string) => {
  const [header = '', ...lines] = text.trimEnd().split('\n')
  return {
    header: ExportHeader.parse(JSON.parse(header)),
    entries: lines.slice(0, -1).map((line) => ExportedEntry.parse(JSON.parse(line))),
    signed: ExportedHead.parse(JSON.parse(lines.at(-1) ?? '')).signed,
  }
}

const exported = async (by: Browser, log: Log) => {
  const answer = await by.send('GET', `/v1/chains/${log}/export`)
  return { ...answer, ...read(answer.text) }
}

/** Entries that are as large as real ones, appended to the ledger as the vault would. */
const fillLedger = async (count: number): Promise<void> => {
  const { db } = world.opened.database
  let prev: string | null = null
  for (let seq = 1; seq <= count; ) {
    const rows = []
    for (const end = seq + 500; seq < end && seq <= count; seq += 1) {
      const facts = { attempt: randomUUID(), padding: 'p'.repeat(700) }
      const at = world.now()
      const linked = link({
        v: 1,
        workspace: world.workspace.id,
        log: 'ledger',
        seq,
        at,
        kind: 'held',
        facts,
        prev,
      })
      prev = linked.hash
      rows.push({ workspace_id: world.workspace.id, log: 'ledger', seq, at, kind: 'held', ...linked })
    }
    await db.insertInto('events').values(rows).execute()
  }
}

/** An export that has begun to arrive. */
const begun = async (by: Browser): Promise<Response> => {
  const address = new URL('/v1/chains/ledger/export', world.vault.origin)
  const token = by.session()
  const proof = await by.device.proof({ method: 'GET', address: address.href, at: world.now(), token })
  return fetch(address, {
    headers: {
      [CONTRACT_HEADER]: String(CONTRACT),
      dpop: proof,
      authorization: `DPoP ${token}`,
      origin: extensionOrigin,
    },
  })
}

/** More than the sockets of one connection take by themselves, at about a kilobyte each. */
const MANY = 24_000

describe('the state of the chains', () => {
  test('is walked at the moment of asking, for the ledger and the audit log', async () => {
    const owner = await given()
    await fillLedger(1_203)
    world.pass(1_000)
    const [ledger, audit] = await states(owner)
    expect(ledger).toMatchObject({ log: 'ledger', length: 1_203, broken: null, checkedAt: world.now() })
    expect(audit).toMatchObject({ log: 'audit', length: (await audited(owner)).length, broken: null })
    expect(audit?.head).toMatch(/^[\w-]{43}$/)
  })

  test('of a ledger that nobody has written in is whole and has no head', async () => {
    const [ledger] = await states(await given())
    expect(ledger).toMatchObject({ log: 'ledger', length: 0, head: null, broken: null })
  })

  test('names the entry that somebody changed, beyond the first page too', async () => {
    const owner = await given()
    await fillLedger(1_203)
    await world.opened.database.db
      .updateTable('events')
      .set({ bytes: '{}' })
      .where('log', '=', 'ledger')
      .where('seq', '=', 777)
      .execute()
    const [ledger, audit] = await states(owner)
    expect(ledger).toMatchObject({ length: 1_203, broken: { seq: 777, fault: 'changed' } })
    expect(audit).toMatchObject({ broken: null })
  })
})

describe('an export of a chain', () => {
  test.for(['ledger', 'audit'] as const)(
    'of the %s can be walked without the vault, to the head it showed',
    async (log) => {
      const owner = await given()
      await fillLedger(1_203)
      const state = (await states(owner)).find((one) => one.log === log)
      const { header, entries, headers } = await exported(owner, log)
      expect(header).toEqual({
        ownkey: 'chain',
        v: 2,
        workspace: world.workspace.id,
        log,
        exportedAt: world.now(),
      })
      expect(walk(entries)).toEqual({ whole: true, length: state?.length, head: state?.head })
      expect(headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
      expect(headers.get('content-disposition')).toBe(`attachment; filename="ownkey-${log}-2026-11-21.jsonl"`)
    },
  )

  test('is written down with where the chain ended, which an auditor can hold against the file', async () => {
    const owner = await given()
    for (const log of ['audit', 'ledger'] as const) {
      const { entries } = await exported(owner, log)
      const [written] = await audited(owner)
      const facts = { log, length: entries.length, head: entries.at(-1)?.hash ?? null }
      expect(written).toMatchObject({ kind: 'chain-exported', memberName: 'Olga', facts })
    }
  })

  test('of a log that there is not is not found, and nothing is written down', async () => {
    const owner = await given()
    const before = await audited(owner)
    for (const log of ['ledgers', 'LEDGER', '..%2Fledger', randomUUID()])
      expect((await owner.send('GET', `/v1/chains/${log}/export`)).problem?.slug).toBe('not-found')
    expect(await audited(owner)).toEqual(before)
  })

  test('is read only as fast as somebody takes it', async () => {
    const owner = await given()
    await fillLedger(MANY)
    const response = await begun(owner)
    const { db } = world.opened.database
    await db
      .deleteFrom('events')
      .where('log', '=', 'ledger')
      .where('seq', '>', MANY - 500)
      .execute()
    const { entries } = read(await response.text())
    expect(entries.length).toBe(MANY - 500)
    expect(walk(entries).whole).toBe(true)
  })

  test('breaks off visibly when the device that asked is removed meanwhile', async () => {
    const owner = await given()
    await fillLedger(MANY)
    const second = await world.paired(await owner.makeCode({ kind: 'device' }))
    const { devices } = DeviceList.parse(JSON.parse((await second.send('GET', '/v1/devices')).text))
    const response = await begun(second)
    const id = devices.find(({ current }) => current)?.id
    expect((await owner.send('DELETE', `/v1/devices/${id}`)).status).toBe(204)
    await expect(response.text()).rejects.toThrow()
  })

  test('that its reader leaves ends by itself, and the vault serves on', async () => {
    const owner = await given()
    await fillLedger(MANY)
    const response = await begun(owner)
    await response.body?.cancel()
    expect((await states(owner))[0]).toMatchObject({ length: MANY, broken: null })
    await until(
      () => owner.send('GET', '/healthz'),
      ({ status }) => status === 200,
    )
  })
})
