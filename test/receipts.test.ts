import { afterEach, describe, expect, test } from 'vitest'
import type { HoldRequest } from '../server/domain/books/ledger.ts'
import { costOf } from '../server/domain/prices/cost.ts'
import { priceFor } from '../server/domain/prices/models.ts'
import { dollars, sum, zero } from '../shared/money.ts'
import { noUsage } from '../shared/providers.ts'
import { Receipt, ReceiptPage, ReceiptQuery } from '../shared/receipts.ts'
import { Spend } from '../shared/spend.ts'
import { answered, type Books, broken, failedFree, givenBooks, model, NOON, TIME_ZONE } from './books/desk.ts'

let open: Books[] = []
const given = async (): Promise<Books> => {
  const books = await givenBooks()
  open.push(books)
  return books
}
afterEach(async () => {
  await Promise.all(open.map(({ database }) => database.close()))
  open = []
})

const luna = priceFor('openai', 'gpt-6-luna', NOON) ?? model
const query = (filter: object = {}) => ReceiptQuery.parse(filter)
const BOUND = dollars('0.10')

const made = async ({ ledger, request, clock }: Books, draft: Parameters<Books['request']>[1] = {}) => {
  const call = request(BOUND, draft)
  await ledger.hold(call)
  clock.now += 1_000
  return call
}

describe('a receipt', () => {
  test('explains an exact amount by its formula, at the price of that day', async () => {
    const books = await given()
    const call = await made(books)
    const usage = { ...noUsage, freshInput: 1_412, cacheRead: 10_000, output: 186 }
    const { total } = costOf(model.entry, usage, { multiplier: null })
    await books.ledger.settle({ ...answered(call, total), usage })

    const receipt = await books.receipts.find(books.workspace, call.receipt.id)
    expect(receipt).toMatchObject({
      memberName: 'Mina Park',
      site: 'https://desk.example',
      provider: 'anthropic',
      model: 'claude-haiku-4-5-20251001',
      modelName: 'Claude Haiku 4.5',
      outcome: 'answered',
      certainty: 'exact',
      settled: dollars('0.003342'),
      likely: null,
      inputTokens: 11_412,
      outputTokens: 186,
      at: NOON,
    })
    const [attempt] = receipt.attempts
    expect(attempt).toMatchObject({
      number: 1,
      keyLabel: 'Support',
      held: BOUND,
      settled: dollars('0.003342'),
      usage,
      price: { id: 'anthropic/claude-haiku-4-5-20251001@2025-10-15', validFrom: '2025-10-15' },
      startedAt: NOON,
      endedAt: NOON + 1_000,
    })
    expect(sum(attempt?.lines.map(({ amount }) => amount) ?? [])).toBe(receipt.settled)
  })

  test('travels on the wire and back unchanged', async () => {
    const books = await given()
    const call = await made(books)
    await books.ledger.settle(broken(call))
    const receipt = await books.receipts.find(books.workspace, call.receipt.id)
    expect(Receipt.parse(JSON.parse(JSON.stringify(Receipt.encode(receipt))))).toEqual(receipt)
  })

  test('is there while the call still runs, and says so', async () => {
    const books = await given()
    const call = await made(books)
    expect(await books.receipts.find(books.workspace, call.receipt.id)).toMatchObject({
      outcome: 'running',
      certainty: 'pending',
      settled: zero,
      likely: null,
      attempts: [{ outcome: 'running', held: BOUND, likely: null, endedAt: null }],
    })
  })

  test('is the sum of its attempts and names the model that answered', async () => {
    const books = await given()
    const first = await made(books)
    await books.ledger.settle(broken(first))
    const second = await made(books, { receipt: first.receipt.id, number: 2, model: luna })
    expect(await books.receipts.find(books.workspace, first.receipt.id)).toMatchObject({ outcome: 'running' })
    await books.ledger.settle(answered(second, dollars('0.0002')))

    expect(await books.receipts.find(books.workspace, first.receipt.id)).toMatchObject({
      provider: 'openai',
      modelName: 'GPT-6 luna',
      outcome: 'answered',
      certainty: 'estimated',
      settled: dollars('0.1002'),
      likely: dollars('0.0012'),
      inputTokens: 1_412,
      attempts: [
        { number: 1, outcome: 'cut', failure: 'ended-early' },
        { number: 2, outcome: 'answered' },
      ],
    })
  })

  test('of another workspace is not found, like one that never was', async () => {
    const books = await given()
    const other = await books.addWorkspace()
    const call = await made(books)
    for (const [workspace, id] of [
      [other.workspace, call.receipt.id],
      [books.workspace, books.ids()],
    ] as const)
      await expect(books.receipts.find(workspace, id)).rejects.toMatchObject({ slug: 'not-found', facts: {} })
    expect(await books.receipts.list(other.workspace, query())).toEqual({ receipts: [], next: null })
  })

  test('of another member is not found by one who sees only their own', async () => {
    const books = await given()
    const call = await made(books)
    const stranger = books.ids()
    await expect(books.receipts.find(books.workspace, call.receipt.id, stranger)).rejects.toMatchObject({
      slug: 'not-found',
    })
    expect((await books.receipts.list(books.workspace, query(), stranger)).receipts).toEqual([])
    expect((await books.receipts.list(books.workspace, query(), books.member)).receipts).toHaveLength(1)
    const others = query({ memberId: books.member })
    expect((await books.receipts.list(books.workspace, others, stranger)).receipts).toEqual([])
  })
})

describe('the list of receipts', () => {
  const allPages = async (books: Books, limit: number) => {
    const pages: ReceiptPage[] = []
    let cursor: string | undefined
    do {
      const page = await books.receipts.list(books.workspace, query({ limit, ...(cursor && { cursor }) }))
      pages.push(page)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return pages
  }

  test('is newest first, each exactly once, also when several have the same moment', async () => {
    const books = await given()
    const calls: HoldRequest[] = []
    for (let count = 0; count < 7; count += 1) {
      const call = books.request(BOUND)
      await books.ledger.hold(call)
      calls.push(call)
      if (count % 3 === 2) books.clock.now += 1_000
    }
    const pages = await allPages(books, 2)
    expect(pages.map(({ receipts }) => receipts.length)).toEqual([2, 2, 2, 1])
    const found = pages.flatMap(({ receipts }) => receipts)
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(calls.map(({ receipt }) => receipt.id)))
    expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => b - a))
  })

  test('does not move under the reader when a new receipt comes', async () => {
    const books = await given()
    const first = await made(books)
    await made(books)
    const page = await books.receipts.list(books.workspace, query({ limit: 1 }))
    await made(books)
    const next = await books.receipts.list(books.workspace, query({ limit: 1, cursor: page.next }))
    expect(next.receipts.map(({ id }) => id)).toEqual([first.receipt.id])
    expect(next.next).toBeNull()
  })

  test('can be filtered by time, model, purpose and outcome', async () => {
    const books = await given()
    const haiku = await made(books)
    const other = await made(books, { model: luna })
    await books.ledger.settle(answered(haiku, dollars('0.01')))
    const ids = async (filter: object) =>
      (await books.receipts.list(books.workspace, query(filter))).receipts.map(({ id }) => id)
    expect(await ids({ provider: 'openai' })).toEqual([other.receipt.id])
    expect(await ids({ model: haiku.attempt.model })).toEqual([haiku.receipt.id])
    expect(await ids({ outcome: 'running' })).toEqual([other.receipt.id])
    expect(await ids({ purpose: 'verify' })).toEqual([])
    expect(await ids({ to: new Date(NOON + 1_000).toISOString() })).toEqual([haiku.receipt.id])
    expect(await ids({ from: new Date(NOON + 1_000).toISOString() })).toEqual([other.receipt.id])
  })

  test('is searched by whole words in names, models, sites, channels and ids, whatever their case', async () => {
    const books = await given()
    const haiku = await made(books, {
      site: 'https://shop_a.example',
      channel: await books.addChannel('Läden 100%'),
    })
    const other = await made(books, { model: luna, member: await books.addMember('Ünal Çelik') })
    const found = async (search: string) =>
      (await books.receipts.list(books.workspace, query({ search }))).receipts.map(({ id }) => id)
    const [first, second] = [haiku.receipt.id, other.receipt.id]
    expect(await found('mina')).toEqual([first])
    expect(await found('ÜNAL')).toEqual([second])
    expect(await found('çelik luna')).toEqual([second])
    expect(await found('claude Haiku 4.5')).toEqual([first])
    expect(await found('gpt-6')).toEqual([second])
    expect(await found('läden')).toEqual([first])
    expect(await found('SHOP_A.example')).toEqual([first])
    expect(await found(first.slice(-12).toUpperCase())).toEqual([first])
    expect(await found('example')).toEqual([second, first])
    expect(await found('  ')).toEqual([second, first])
    expect(await found('mina luna')).toEqual([])
  })

  test('is searched for the very signs that somebody typed, also those that a database takes for more', async () => {
    const books = await given()
    const call = await made(books, {
      site: 'https://shop_a.example',
      channel: await books.addChannel('100%'),
    })
    await made(books, { site: 'https://shopxa.example' })
    const found = async (search: string) =>
      (await books.receipts.list(books.workspace, query({ search }))).receipts.map(({ id }) => id)
    expect(await found('p_a')).toEqual([call.receipt.id])
    expect(await found('100%')).toEqual([call.receipt.id])
    for (const search of ['%', 's%e', '\\', "' or 1=1 --", '\\_', '"'])
      expect(await found(search)).toEqual(search === '%' ? [call.receipt.id] : [])
  })

  test('finds what a page of a search left over on the next one', async () => {
    const books = await given()
    for (const site of ['a', 'b', 'a', 'b', 'a']) await made(books, { site: `https://${site}.example` })
    const first = await books.receipts.list(books.workspace, query({ search: 'a.example', limit: 2 }))
    const rest = await books.receipts.list(
      books.workspace,
      query({ search: 'a.example', limit: 2, cursor: first.next }),
    )
    expect([first.receipts.length, rest.receipts.length, rest.next]).toEqual([2, 1, null])
  })

  test('can be filtered by channel', async () => {
    const books = await given()
    const channel = await books.addChannel('Shop')
    const call = await made(books, { channel })
    await made(books)
    const { receipts } = await books.receipts.list(books.workspace, query({ channelId: channel }))
    expect(receipts).toMatchObject([{ id: call.receipt.id, channelName: 'Shop' }])
  })

  test.each(['x', '!!!', 'MTIz', Buffer.from("1.' or 1=1 --").toString('base64url')])(
    'refuses %j as a cursor',
    async (cursor) => {
      const { receipts, workspace } = await given()
      await expect(receipts.list(workspace, query({ cursor }))).rejects.toMatchObject({
        slug: 'malformed-request',
      })
    },
  )

  test('travels on the wire and back unchanged', async () => {
    const books = await given()
    await made(books)
    const page = await books.receipts.list(books.workspace, query())
    expect(ReceiptPage.parse(JSON.parse(JSON.stringify(ReceiptPage.encode(page))))).toEqual(page)
  })
})

describe('spend', () => {
  test('adds up by day and model to what the cap has settled', async () => {
    const books = await given()
    const { ledger, spend, workspace, clock } = books
    await ledger.settle(answered(await made(books), dollars('0.002')))
    await ledger.settle(answered(await made(books), dollars('0.003')))
    await ledger.settle(answered(await made(books, { model: luna }), dollars('0.0001')))
    clock.now = Date.parse('2026-11-22T05:00:00Z')
    await ledger.settle(failedFree(await made(books)))
    await ledger.settle(broken(await made(books)))
    await made(books)

    const shown = await spend({ workspaceId: workspace, timeZone: TIME_ZONE })
    expect(shown.days).toMatchObject([
      { day: '2026-11-21', modelName: 'Claude Haiku 4.5', settled: dollars('0.005'), receipts: 2 },
      { day: '2026-11-21', modelName: 'GPT-6 luna', settled: dollars('0.0001'), receipts: 1 },
      { day: '2026-11-22', modelName: 'Claude Haiku 4.5', settled: BOUND, receipts: 3 },
    ])
    expect(sum(shown.days.map(({ settled }) => settled))).toBe(shown.cap.settled)
    expect(shown).toMatchObject({
      cap: { held: BOUND },
      replies: 3,
      replyCost: dollars('0.1051'),
      overshoot: zero,
      estimated: 1,
    })
    expect(Spend.parse(JSON.parse(JSON.stringify(Spend.encode(shown))))).toEqual(shown)
  })

  test('of one member leaves out what others spent', async () => {
    const books = await given()
    await books.ledger.settle(answered(await made(books), dollars('0.002')))
    const own = await books.spend({
      workspaceId: books.workspace,
      timeZone: TIME_ZONE,
      memberId: books.member,
    })
    expect(own.replyCost).toBe(dollars('0.002'))
    const stranger = await books.spend({
      workspaceId: books.workspace,
      timeZone: TIME_ZONE,
      memberId: books.ids(),
    })
    expect(stranger).toMatchObject({
      days: [],
      replies: 0,
      replyCost: zero,
      cap: { settled: dollars('0.002') },
    })
  })

  test('of a workspace that has asked for nothing is empty', async () => {
    const { spend, workspace } = await given()
    expect(await spend({ workspaceId: workspace, timeZone: TIME_ZONE })).toMatchObject({
      days: [],
      replies: 0,
      estimated: 0,
    })
  })
})
