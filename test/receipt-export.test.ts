import { afterEach, describe, expect, test } from 'vitest'
import { dollars, sum } from '../shared/money.ts'
import { ReceiptPage, ReceiptSummary } from '../shared/receipts.ts'
import { type GivenVault, givenVault } from './identity/vault.ts'
import { begunExport, fillReceipts } from './proof/exported/receipts.ts'
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

/** More than the sockets of one connection take by themselves. */
const SLOW = 40_000
describe('an export of many receipts', () => {
  test('is read only as fast as somebody takes it', async () => {
    world = await givenVault()
    const owner = await world.owner()
    await fillReceipts(world, SLOW)
    const response = await begunExport(world, owner)
    await world.opened.database.db.deleteFrom('receipts').execute()
    expect(linesOf(await response.text()).length).toBeLessThan(SLOW)
  })
})
