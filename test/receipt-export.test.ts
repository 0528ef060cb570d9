import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from 'vitest'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { dollars, sum } from '../shared/money.ts'
import { ReceiptPage, ReceiptSummary } from '../shared/receipts.ts'
import { extensionOrigin } from './device.ts'
import { type Browser, type GivenVault, givenVault } from './identity/vault.ts'
import { given, type World } from './world.ts'

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

const jsonOf = async (world: World, query = ''): Promise<readonly ReceiptSummary[]> =>
  linesOf((await world.owner.request('GET', `/v1/receipts/export?format=jsonl&${query}`)).text).map((line) =>
    ReceiptSummary.parse(JSON.parse(line)),
  )

const csvOf = async (world: World, query = ''): Promise<string> =>
  (await world.owner.request('GET', `/v1/receipts/export?format=csv&${query}`)).text

const listOf = async (world: World, query = '') =>
  (await world.owner.read(`/v1/receipts?limit=200&${query}`, ReceiptPage)).receipts

/** A CSV file as a spreadsheet reads it (RFC 4180). */
const rowsOf = (text: string): string[][] => {
  const rows: string[][] = [[]]
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (const [, quoted, plain = '', end] of text.matchAll(cells)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('an export of receipts', () => {
  test('as JSON Lines is the list, and a filter leaves out what it leaves out there', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    for (const text of ['One?', 'Two?']) await world.owner.ask(text)
    await world.owner.ask('Three?', { previous: 'It is here.', instruction: 'Shorter' })
    expect(await jsonOf(world)).toEqual(await listOf(world))
    for (const query of ['purpose=draft', 'provider=openai', 'search=olive', 'told=nothing', 'model=none'])
      expect(await jsonOf(world, query)).toEqual(await listOf(world, query))
  })

  test('as CSV has every receipt once, with exact dollars that add up and moments in UTC', async () => {
    await using world = await given()
    for (const text of ['One?', 'Two?']) await world.owner.ask(text)
    const [head = [], ...rows] = rowsOf(await csvOf(world))
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)] ?? '')
    const receipts = await listOf(world)
    expect(column('id')).toEqual(receipts.map(({ id }) => id))
    expect(column('at_utc')).toEqual(receipts.map(({ at }) => new Date(at).toISOString()))
    expect(sum(column('settled_usd').map((amount) => dollars(amount)))).toBe(await world.bill())
    expect(rows.every((row) => row.length === head.length)).toBe(true)
  })

  test('has no cell that a spreadsheet would compute, and keeps commas, quotes and line breaks', async () => {
    await using world = await given()
    const names = ['=1+1', '+49', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1, x', 'Ann, "Q"']
    for (const name of names) {
      const agent = await world.owner.invite('agent', name)
      await agent.ask('Where is it?')
    }
    const text = await csvOf(world, 'purpose=draft')
    const [head = [], ...rows] = rowsOf(text)
    const members = rows.map((row) => row[head.indexOf('member')]).toReversed()
    expect(members).toEqual(["'=1+1", "'+49", "'-1", "'@SUM(A1)", `'=cmd|"/c calc"!A1, x`, 'Ann, "Q"'])
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  })

  test('is a file with a name, of one’s own receipts for an agent, and nothing for a light agent', async () => {
    await using world = await given()
    await world.owner.ask('Where is it?')
    const agent = await world.owner.invite('agent', 'Aya Agent')
    const own = await agent.ask('When does it come?')
    const answer = await agent.request('GET', '/v1/receipts/export?format=csv')
    expect(
      rowsOf(answer.text)
        .slice(1)
        .map(([id]) => id),
    ).toEqual([own.receipt?.id])
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="ownkey-receipts-\d{4}-\d\d-\d\d\.csv"$/,
    )
    const light = await world.owner.invite('light-agent', 'Lia Light')
    expect((await light.request('GET', '/v1/receipts/export')).problem?.slug).toBe('not-found')
  })

  test('refuses a format and a filter that there is not', async () => {
    await using world = await given({ keys: [] })
    for (const query of ['format=xlsx', 'cursor=abc', 'limit=1', 'purpose=all'])
      expect((await world.owner.request('GET', `/v1/receipts/export?${query}`)).problem?.slug).toBe(
        'malformed-request',
      )
  })
})

let world: GivenVault | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** So many receipts of the owner's, a second apart, some of the same second. */
const fill = async ({ opened, workspace, now }: GivenVault, count: number): Promise<void> => {
  const { db } = opened.database
  const { id: member } = await db
    .selectFrom('members')
    .select('id')
    .where('workspace_id', '=', workspace.id)
    .executeTakeFirstOrThrow()
  for (let number = 0; number < count; ) {
    const rows = []
    for (const end = Math.min(number + 500, count); number < end; number += 1)
      rows.push({
        workspace_id: workspace.id,
        id: crypto.randomUUID(),
        resolution_id: crypto.randomUUID(),
        purpose: 'draft',
        member_id: member,
        device_id: crypto.randomUUID(),
        site: 'https://desk.example',
        idempotency_key: crypto.randomUUID(),
        request_hash: 'hash',
        provider: 'anthropic',
        model: 'claude-haiku-4-5-20251001',
        outcome: 'answered',
        certainty: 'exact',
        settled: 1_000_000_000n + BigInt(number),
        at: now() - Math.floor(number / 3) * 1_000,
        day: '2026-11-21',
        changed_seq: 0,
      })
    await db.insertInto('receipts').values(rows).execute()
  }
}

const begun = async ({ vault, now }: GivenVault, by: Browser): Promise<Response> => {
  const address = new URL('/v1/receipts/export?format=csv', vault.origin)
  const token = by.session()
  const proof = await by.device.proof({
    method: 'GET',
    address: `${address.origin}${address.pathname}`,
    at: now(),
    token,
  })
  return fetch(address, {
    headers: {
      [CONTRACT_HEADER]: String(CONTRACT),
      dpop: proof,
      authorization: `DPoP ${token}`,
      origin: extensionOrigin,
    },
  })
}

/** Frees what nobody holds any more, so that what is measured is what is held. */
const collect = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

/** Reads a whole export and keeps nothing of it. The most that the heap held over what it held before, and how many lines came. */
const read = async (vault: GivenVault, by: Browser) => {
  collect()
  const before = process.memoryUsage().heapUsed
  const decoder = new TextDecoder()
  let [most, lines, pieces] = [0, 0, 0]
  for await (const piece of (await begun(vault, by)).body ?? []) {
    lines += decoder.decode(piece, { stream: true }).split('\n').length - 1
    pieces += 1
    if (pieces % 40 !== 1) continue
    collect()
    most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  return { most, lines }
}

const FEW = 1_000
const MANY = 100_000
/** More than the sockets of one connection take by themselves. */
const SLOW = 40_000
/** Megabytes that come and go with requests, whatever they are about. */
const NOISE_BYTES = 4 * 1024 * 1024

describe('an export of many receipts', () => {
  test(`holds as much memory for ${MANY} as for ${FEW}`, async () => {
    world = await givenVault()
    const owner = await world.owner()
    await fill(world, FEW)
    await read(world, owner)
    const few = await read(world, owner)
    await fill(world, MANY - FEW)
    const many = await read(world, owner)
    expect([few.lines, many.lines]).toEqual([FEW + 1, MANY + 1])
    const ratio = (many.most + NOISE_BYTES) / (few.most + NOISE_BYTES)
    expect(ratio).toBeLessThan(2)
  })

  test('is read only as fast as somebody takes it', async () => {
    world = await givenVault()
    const owner = await world.owner()
    await fill(world, SLOW)
    const response = await begun(world, owner)
    await world.opened.database.db.deleteFrom('receipts').execute()
    expect(linesOf(await response.text()).length).toBeLessThan(SLOW)
  })
})
