import { afterEach, describe, expect, test } from 'vitest'
import { priceFor } from '../../server/domain/prices/models.ts'
import { dollars, type Picodollars, sum, zero } from '../../shared/money.ts'
import { Spend, SpendNotices } from '../../shared/spend.ts'
import { answered, type Books, broken, failedFree, givenBooks, model, NOON, TIME_ZONE } from './desk.ts'

let open: Books[] = []
const given = async (): Promise<Books> => {
  const books = await givenBooks()
  await books.setCap('1000')
  open.push(books)
  return books
}
afterEach(async () => {
  await Promise.all(open.map(({ database }) => database.close()))
  open = []
})

const luna = priceFor('openai', 'gpt-6-luna', NOON) ?? model
const BOUND = dollars('20')

type Draft = Parameters<Books['request']>[1]

/** A call that was made at this moment and cost this much. */
const spent = async (books: Books, at: string, cost: string, draft: Draft = {}): Promise<void> => {
  books.clock.now = Date.parse(at)
  const call = books.request(BOUND, draft)
  await books.ledger.hold(call)
  await books.ledger.settle(answered(call, dollars(cost)))
}

const shown = (books: Books, asked: { month?: string; memberId?: string; timeZone?: string } = {}) =>
  books.spend({ workspaceId: books.workspace, timeZone: TIME_ZONE, ...asked })

const noticed = (books: Books) => books.notices(books.workspace, TIME_ZONE)

const totals = (parts: readonly { settled: Picodollars }[]) => sum(parts.map(({ settled }) => settled))

const onWire = <Shown>(schema: { parse(value: unknown): Shown }, encoded: unknown): Shown =>
  schema.parse(JSON.parse(JSON.stringify(encoded)))

describe('the spend of a month', () => {
  test('adds up to the counter by day, by member and by channel, whatever became of the calls', async () => {
    const books = await given()
    const [shop, mina, ravi] = [await books.addChannel('Shop'), books.member, await books.addMember('Ravi')]
    await spent(books, '2026-11-02T12:00:00Z', '1', { channel: shop })
    await spent(books, '2026-11-03T12:00:00Z', '2', { member: ravi })
    await spent(books, '2026-11-03T13:00:00Z', '4', { member: ravi, channel: shop, model: luna })
    const call = books.request(BOUND, { channel: shop })
    await books.ledger.hold(call)
    await books.ledger.settle(broken(call))
    await books.ledger.hold(books.request(BOUND, { receipt: call.receipt.id, number: 2, model: luna }))
    const free = books.request(BOUND)
    await books.ledger.hold(free)
    await books.ledger.settle(failedFree(free))

    const spend = await shown(books)
    expect(spend.settled).toBe(dollars('27'))
    expect(spend.cap).toMatchObject({ settled: dollars('27'), held: BOUND })
    for (const parts of [spend.days, spend.members, spend.channels]) expect(totals(parts)).toBe(spend.settled)
    expect(spend.members).toEqual([
      { memberId: mina, memberName: 'Mina Park', settled: dollars('21'), receipts: 3 },
      { memberId: ravi, memberName: 'Ravi', settled: dollars('6'), receipts: 2 },
    ])
    expect(spend.channels).toEqual([
      { channelId: shop, channelName: 'Shop', settled: dollars('25'), receipts: 3 },
      { channelId: null, channelName: null, settled: dollars('2'), receipts: 2 },
    ])
    expect(onWire(Spend, Spend.encode(spend))).toEqual(spend)
  })

  test('of one member is their own, without names of others and without notices', async () => {
    const books = await given()
    const ravi = await books.addMember('Ravi')
    await spent(books, '2026-10-05T12:00:00Z', '1', { member: ravi })
    await spent(books, '2026-11-05T12:00:00Z', '2')
    await spent(books, '2026-11-06T12:00:00Z', '3', { member: ravi })
    const own = await shown(books, { memberId: ravi })
    expect(own).toMatchObject({ whose: 'own', settled: dollars('3'), replies: 1, members: [], channels: [] })
    expect(own).toMatchObject({
      notices: [],
      before: { settled: dollars('1') },
      cap: { settled: dollars('5') },
    })
    expect(new Set(own.drivers.map(({ by }) => by))).toEqual(new Set(['reply-cost', 'model']))
  })

  test('in which nothing happened is nothing, and has nothing before it', async () => {
    const books = await given()
    await spent(books, '2026-11-05T12:00:00Z', '2')
    for (const month of ['2019-01', '2031-12', '2026-10'])
      expect(await shown(books, { month })).toMatchObject({
        month,
        settled: zero,
        days: [],
        members: [],
        channels: [],
        replies: 0,
        before: null,
        drivers: [],
        notices: [],
        cap: { settled: dollars('2') },
      })
  })

  test('that is over is compared with the whole month before it', async () => {
    const books = await given()
    await spent(books, '2026-09-29T12:00:00Z', '1')
    await spent(books, '2026-10-02T12:00:00Z', '5')
    await spent(books, '2026-11-05T12:00:00Z', '2')
    expect(await shown(books, { month: '2026-10' })).toMatchObject({
      settled: dollars('5'),
      before: {
        month: '2026-09',
        until: Date.parse('2026-10-01T04:00:00Z'),
        settled: dollars('1'),
        replies: 1,
      },
      cap: { settled: dollars('2') },
    })
  })

  test('that runs is compared with the month before until the same moment', async () => {
    const books = await given()
    await spent(books, '2026-10-05T15:59:59Z', '1')
    await spent(books, '2026-10-05T16:00:01Z', '8')
    await spent(books, '2026-11-05T17:00:00Z', '3')
    const { before, drivers } = await shown(books)
    expect(before).toEqual({
      month: '2026-10',
      until: Date.parse('2026-10-05T16:00:00Z'),
      settled: dollars('1'),
      replies: 1,
      replyCost: dollars('1'),
    })
    expect(drivers).toContainEqual({
      by: 'reply-cost',
      difference: dollars('2'),
      before: dollars('1'),
      after: dollars('3'),
    })
  })

  test('that runs is compared with all of a shorter month on days that this does not have', async () => {
    const books = await given()
    await spent(books, '2026-02-28T23:00:00Z', '1')
    await spent(books, '2026-03-31T23:00:00Z', '3')
    const { before } = await shown(books)
    expect(before).toMatchObject({
      month: '2026-02',
      until: Date.parse('2026-03-01T05:00:00Z'),
      settled: dollars('1'),
    })
  })

  test('begins and ends with the clock of the workspace', async () => {
    const books = await given()
    await spent(books, '2026-11-01T03:59:59Z', '1')
    await spent(books, '2026-11-01T04:00:00Z', '2')
    expect(await shown(books, { month: '2026-10' })).toMatchObject({ settled: dollars('1') })
    expect(await shown(books, { month: '2026-11' })).toMatchObject({ settled: dollars('2') })
  })

  test('has the hours that a move to another time zone left over, as its cap has', async () => {
    const books = await given()
    const inZone = async (at: string, cost: string, timeZone: string) => {
      books.clock.now = Date.parse(at)
      const call = { ...books.request(BOUND), timeZone }
      await books.ledger.hold(call)
      await books.ledger.settle(answered(call, dollars(cost)))
    }
    await inZone('2026-10-20T12:00:00Z', '1', 'Asia/Tokyo')
    await inZone('2026-10-31T20:00:00Z', '2', 'America/New_York')
    await inZone('2026-11-02T12:00:00Z', '4', 'America/New_York')
    expect((await shown(books, { month: '2026-10' })).settled).toBe(dollars('1'))
    const november = await shown(books, { month: '2026-11' })
    expect(november.settled).toBe(dollars('6'))
    expect(totals(november.days)).toBe(november.settled)
    expect(november.cap.settled).toBe(november.settled)
  })
})

describe('the replies of a month that needed the backup', () => {
  /** A reply whose first call fails, so that another one answers. */
  const fallenBack = async (books: Books, at: string, draft: Draft = {}): Promise<void> => {
    books.clock.now = Date.parse(at)
    const first = books.request(BOUND, draft)
    await books.ledger.hold(first)
    await books.ledger.settle(failedFree(first))
    const next = books.request(BOUND, { ...draft, receipt: first.receipt.id, number: 2, model: luna })
    await books.ledger.hold(next)
    await books.ledger.settle(answered(next, dollars('1')))
  }

  test('are told by day, beside all replies, each once however many calls it took', async () => {
    const books = await given()
    const ravi = await books.addMember('Ravi')
    await spent(books, '2026-11-02T12:00:00Z', '1')
    await fallenBack(books, '2026-11-02T13:00:00Z')
    await fallenBack(books, '2026-11-04T13:00:00Z', { member: ravi })
    await spent(books, '2026-11-05T12:00:00Z', '1', { member: ravi })
    expect((await shown(books)).fallbacks).toEqual([
      { day: '2026-11-02', replies: 2, fellBack: 1 },
      { day: '2026-11-04', replies: 1, fellBack: 1 },
      { day: '2026-11-05', replies: 1, fellBack: 0 },
    ])
    expect((await shown(books, { memberId: ravi })).fallbacks).toEqual([
      { day: '2026-11-04', replies: 1, fellBack: 1 },
      { day: '2026-11-05', replies: 1, fellBack: 0 },
    ])
  })

  test('are not those that proved a key, nor of another month or workspace', async () => {
    const books = await given()
    await fallenBack(books, '2026-10-20T12:00:00Z')
    await spent(books, '2026-11-02T12:00:00Z', '1', { purpose: 'verify' })
    expect((await shown(books)).fallbacks).toEqual([])
    const { workspace } = await books.addWorkspace()
    const elsewhere = await books.spend({ workspaceId: workspace, timeZone: TIME_ZONE, month: '2026-10' })
    expect(elsewhere.fallbacks).toEqual([])
  })
})

/** One call a day, beginning on this day, in dollars. */
const everyDay = async (books: Books, from: string, costs: readonly string[], draft: Draft = {}) => {
  for (const [index, cost] of costs.entries()) {
    const day = Temporal.PlainDate.from(from).add({ days: index })
    await spent(books, `${day}T16:00:00Z`, cost, draft)
  }
}

const fortnight = Array.from({ length: 14 }, () => '2')

describe('what is pointed out', () => {
  test('is the day that departs from the days before, for the workspace and for whom and what it was', async () => {
    const books = await given()
    const shop = await books.addChannel('Shop')
    const ravi = await books.addMember('Ravi')
    await everyDay(books, '2026-11-06', fortnight, { channel: shop })
    await everyDay(books, '2026-11-06', fortnight, { member: ravi })
    await spent(books, '2026-11-20T17:00:00Z', '19', { channel: shop })
    const spike = { kind: 'spike', day: '2026-11-20', usual: dollars('2'), limit: dollars('6') }
    const notices = await noticed(books)
    expect(notices).toMatchObject([
      { kind: 'spike', scope: 'workspace', id: null, amount: dollars('19'), usual: dollars('4') },
      { ...spike, scope: 'member', id: books.member, name: 'Mina Park', amount: dollars('19') },
      { ...spike, scope: 'channel', id: shop, name: 'Shop', amount: dollars('19') },
      { scope: 'model', name: 'Claude Haiku 4.5', usual: dollars('4') },
    ])
    expect((await shown(books)).notices).toEqual(notices)
    const told = { notices, foreignUse: [] }
    expect(onWire(SpendNotices, SpendNotices.encode(told))).toEqual(told)
  })

  test('of yesterday is there today and gone tomorrow, but stays with its month', async () => {
    const books = await given()
    await everyDay(books, '2026-11-06', [...fortnight, '19'])
    books.clock.now = Date.parse('2026-11-22T04:59:00Z')
    expect((await noticed(books)).length).toBeGreaterThan(0)
    books.clock.now = Date.parse('2026-11-22T05:00:00Z')
    expect(await noticed(books)).toEqual([])
    books.clock.now = Date.parse('2027-01-15T12:00:00Z')
    expect((await shown(books, { month: '2026-11' })).notices).toMatchObject([
      { scope: 'workspace', day: '2026-11-20' },
      { scope: 'member' },
      { scope: 'channel' },
      { scope: 'model' },
    ])
  })

  test('at the beginning of a month is judged by the month before', async () => {
    const books = await given()
    await everyDay(books, '2026-10-19', [...fortnight, '19'])
    expect((await shown(books, { month: '2026-11' })).notices).toMatchObject([
      { scope: 'workspace', day: '2026-11-02', usual: dollars('2') },
      { scope: 'member' },
      { scope: 'channel' },
      { scope: 'model' },
    ])
  })

  test('is a model that was never used before, with what it has cost, for a week', async () => {
    const books = await given()
    await everyDay(books, '2026-11-02', fortnight)
    await spent(books, '2026-11-17T12:00:00Z', '0.5', { model: luna })
    await spent(books, '2026-11-18T12:00:00Z', '0.25', { model: luna })
    const stranger = {
      kind: 'stranger',
      provider: 'openai',
      model: luna.profile.id,
      modelName: 'GPT-6 luna',
      firstAt: Date.parse('2026-11-17T12:00:00Z'),
    }
    expect(await noticed(books)).toEqual([{ ...stranger, amount: dollars('0.75') }])
    expect((await shown(books)).notices).toEqual([{ ...stranger, amount: dollars('0.75') }])
    books.clock.now = Date.parse('2026-11-24T13:00:00Z')
    expect((await shown(books)).notices).toEqual([])
    books.clock.now = Date.parse('2026-12-24T13:00:00Z')
    expect((await shown(books, { month: '2026-11' })).notices).toMatchObject([{ kind: 'stranger' }])
  })

  test('is no model that was used long ago, and none in a first week', async () => {
    const books = await given()
    await spent(books, '2026-03-02T12:00:00Z', '0.5', { model: luna })
    await everyDay(books, '2026-11-02', fortnight)
    await spent(books, '2026-11-17T12:00:00Z', '0.5', { model: luna })
    expect(await noticed(books)).toEqual([])
    const fresh = await given()
    await spent(fresh, '2026-11-16T12:00:00Z', '0.5')
    await spent(fresh, '2026-11-17T12:00:00Z', '0.5', { model: luna })
    expect(await noticed(fresh)).toEqual([])
    expect((await shown(fresh)).notices).toEqual([])
  })

  test('is nothing of another workspace', async () => {
    const books = await given()
    await everyDay(books, '2026-11-06', [...fortnight, '19'])
    const { workspace } = await books.addWorkspace()
    expect(await books.notices(workspace, TIME_ZONE)).toEqual([])
  })
})
