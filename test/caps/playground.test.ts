import { describe, expect, test } from 'vitest'
import { checkBooks } from '../../server/commands/doctor/books.ts'
import { checkChains } from '../../server/commands/doctor/chains.ts'
import { link } from '../../server/crypto/chain.ts'
import { pruneReceipts } from '../../server/domain/workspace/retention.ts'
import { auditAppender } from '../../server/store/books/audit.ts'
import { sqlRetention } from '../../server/store/workspace/retention.ts'
import { CapList } from '../../shared/cap.ts'
import { dollars, sum } from '../../shared/money.ts'
import { answered, type Books, givenBooks, model, NOON, TIME_ZONE } from '../books/desk.ts'
import { compared, drafted, givenDesk, reasonsOf } from '../statements/desk.ts'
import { given } from '../world.ts'
import { dayOf, givenSoundBooks, isHeld, monthOf, slugOf, spent } from './sound-books.ts'

const DAY = 86_400_000
const tried = { playground: true } as const
const modelId = `anthropic/${model.profile.id}`

const spendOf = ({ spend, workspace }: Books, memberId?: string) =>
  spend({ workspaceId: workspace, timeZone: TIME_ZONE, memberId })

/** Every cap beside the workspace's month that could apply to what Mina asks in the shop. */
const givenAllCaps = async () => {
  const books = await givenSoundBooks()
  const shop = await books.addChannel('Shop')
  const places = [
    dayOf('workspace'),
    monthOf('member', books.member),
    monthOf('channel', shop),
    monthOf('model', modelId),
  ]
  for (const place of places) await books.setCapOf(place, '50')
  return { books, shop }
}

describe('what is tried out in the playground', () => {
  test('counts under no cap of anything else, and is told beside the month', async () => {
    const { books, shop } = await givenAllCaps()
    await spent(books, books.request(dollars('2')))
    await spent(books, books.request(dollars('3'), { ...tried, channel: shop }))
    const caps = await books.caps()
    expect(caps.map(({ settled, held }) => [settled, held])).toEqual([
      [dollars('2'), 0n],
      [dollars('2'), 0n],
      [dollars('2'), 0n],
      [0n, 0n],
      [dollars('2'), 0n],
    ])
    const spend = await spendOf(books)
    expect(spend).toMatchObject({ settled: dollars('2'), playground: dollars('3'), replies: 1 })
    expect([spend.settled, spend.replyCost]).toEqual([spend.cap.settled, dollars('2')])
    for (const parts of [spend.days, spend.members, spend.channels])
      expect(parts.map(({ settled, receipts }) => [settled, receipts])).toEqual([[dollars('2'), 1]])
  })

  test('goes on when every other cap is used up, and is held open like anything else', async () => {
    const { books } = await givenAllCaps()
    await books.setCap('0')
    expect(isHeld(await books.ledger.hold(books.request(dollars('0.01'))))).toBe(false)
    const call = books.request(dollars('60'), tried)
    expect(isHeld(await books.ledger.hold(call))).toBe(true)
    expect((await books.cap()).held).toBe(0n)
    await books.ledger.settle(answered(call, dollars('1')))
    expect((await spendOf(books)).playground).toBe(dollars('1'))
  })

  test('is tracked before a cap of it is set, which then counts what was spent in its period', async () => {
    const books = await givenSoundBooks()
    await spent(books, books.request(dollars('2'), tried))
    books.clock.now = NOON + DAY
    await spent(books, books.request(dollars('1'), tried))
    await spent(books, books.request(dollars('4')))
    expect((await books.caps()).map(({ scope }) => scope)).toEqual(['workspace'])
    await books.setCapOf(monthOf('playground'), '10')
    await books.setCapOf(dayOf('playground'), '10')
    expect((await books.caps()).slice(1).map(({ kind, name, settled }) => [kind, name, settled])).toEqual([
      ['month', null, dollars('3')],
      ['day', null, dollars('1')],
    ])
    await books.setCapOf(dayOf('workspace'), '10')
    expect((await books.caps()).map(({ settled }) => settled)).toEqual(
      ['4', '4', '3', '1'].map((amount) => dollars(amount)),
    )
  })

  test('stops at its own cap, which stops nothing else', async () => {
    const books = await givenSoundBooks()
    const { ledger, request } = books
    await books.setCapOf(monthOf('playground'), '3')
    await books.setCapOf(dayOf('playground'), '1')
    await spent(books, request(dollars('1'), tried))
    expect(await ledger.hold(request(dollars('0.50'), tried))).toMatchObject({
      slug: 'cap-reached',
      facts: { scope: 'playground', id: '', name: null, kind: 'day', limit: dollars('1') },
    })
    books.clock.now = NOON + DAY
    const open = request(dollars('0.60'), tried)
    await ledger.hold(open)
    expect(slugOf(await ledger.hold(request(dollars('0.60'), tried)))).toBe('cap-held')
    expect(slugOf(await ledger.hold(request(dollars('4'), tried)))).toBe('cap-too-small')
    await ledger.settle(answered(open, dollars('0.60')))
    await spent(books, request(dollars('20')))
  })

  test('is tracked on when its cap is taken away, and begins anew with the month', async () => {
    const books = await givenSoundBooks()
    await books.setCapOf(monthOf('playground'), '3')
    await spent(books, books.request(dollars('3'), tried))
    await books.removeCapOf(monthOf('playground'))
    await spent(books, books.request(dollars('4'), tried))
    await books.setCapOf(monthOf('playground'), '8')
    expect((await books.caps()).at(-1)).toMatchObject({ settled: dollars('7') })
    books.clock.now = Date.parse('2026-12-01T12:00:00Z')
    expect((await books.caps()).at(-1)).toMatchObject({ settled: 0n })
    expect((await spendOf(books)).playground).toBe(0n)
  })

  test('is told to a member as their own alone', async () => {
    const books = await givenSoundBooks()
    const ravi = await books.addMember('Ravi')
    await spent(books, books.request(dollars('3'), tried))
    await spent(books, books.request(dollars('4'), { ...tried, member: ravi }))
    expect((await spendOf(books, ravi)).playground).toBe(dollars('4'))
    expect((await spendOf(books)).playground).toBe(dollars('7'))
  })

  test('is in the rolling limit of drafts: it is no way around the caps without any bound', async () => {
    const books = await givenSoundBooks()
    const since = books.clock.now - 1
    const limit = { most: 2, since }
    await books.ledger.hold({ ...books.request(dollars('1'), tried), limit })
    expect(await books.ledger.draftsSince(books.workspace, since)).toMatchObject({ count: 1 })
    await books.ledger.hold({ ...books.request(dollars('1')), limit })
    for (const draft of [tried, {}])
      expect(await books.ledger.hold({ ...books.request(dollars('1'), draft), limit })).toMatchObject({
        held: false,
        begun: { count: 2 },
      })
  })

  test('makes no day strange and no model a stranger', async () => {
    const books = await givenSoundBooks()
    await books.setCap('1000')
    for (let day = 0; day < 20; day += 1) {
      books.clock.now = NOON + day * DAY
      await books.vaults.heartbeat(books.vault)
      await spent(books, books.request(dollars('1')))
    }
    const other = { ...model, profile: { ...model.profile, id: 'claude-opus-4-5' } }
    await spent(books, books.request(dollars('200'), { ...tried, model: other }))
    expect(await books.notices(books.workspace, TIME_ZONE)).toEqual([])
    expect((await spendOf(books)).notices).toEqual([])
    await spent(books, books.request(dollars('200'), { model: other }))
    const kinds = (await books.notices(books.workspace, TIME_ZONE)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['spike', 'stranger']))
  })

  test('is swept at its upper bound under its own scope when its vault is gone', async () => {
    const books = await givenSoundBooks()
    await books.setCapOf(monthOf('playground'), '3')
    await books.ledger.hold(books.request(dollars('2'), tried))
    books.clock.now += 10 * 60_000
    expect(await books.ledger.sweep()).toBe(1)
    expect((await books.caps()).map(({ settled, held }) => [settled, held])).toEqual([
      [0n, 0n],
      [dollars('2'), 0n],
    ])
  })

  test('is given up with its receipts, and the books still add up', async () => {
    const books = await givenBooks()
    const { database, clock, workspace } = books
    await spent(books, books.request(dollars('2'), tried))
    await spent(books, books.request(dollars('1')))
    await database.db.updateTable('workspaces').set({ retention_days: 45 }).execute()
    clock.now = NOON + 60 * DAY
    const now = () => clock.now
    const retention = sqlRetention(database, { appendAudit: auditAppender({ now, link }), link, now })
    await pruneReceipts({ retention, now })()
    expect((await books.receipts.list(workspace, { limit: 10 })).receipts).toEqual([])
    const found = [...(await checkBooks(database.db)), ...(await checkChains(database.db, [workspace]))]
    expect(found.filter(({ state }) => state !== 'good')).toEqual([])
    await database.close()
  })
})

describe('the playground over HTTP', () => {
  test('is a purpose of its own, refined or not, costs what the provider bills, and leaves the cap alone', async () => {
    await using world = await given()
    const { owner } = world
    const before = await owner.cap()
    const first = await owner.ask('Where is it?', { playground: true })
    const second = await owner.ask('Where is it?', {
      playground: true,
      urgent: true,
      previous: 'It is here.',
      instruction: 'Shorter',
    })
    for (const { receipt } of [first, second])
      expect(receipt).toMatchObject({ purpose: 'playground', outcome: 'answered', urgentBy: null })
    const cap = await owner.cap()
    expect(cap).toEqual(before)
    const { playground, settled, replies } = await owner.spend()
    expect([settled, replies]).toEqual([cap.settled, 0])
    expect(settled + playground).toBe(await world.bill())
    const told = { outcome: 'inserted', editedPercent: 0 }
    const path = `/v1/receipts/${first.receipt?.id}/outcome`
    expect((await owner.request('POST', path, told)).problem?.slug).toBe('not-found')
  })

  test('has caps that are set, raised and taken away like any other, while everybody else drafts on', async () => {
    await using world = await given()
    const { owner } = world
    const place = { scope: 'playground', id: '', kind: 'month' }
    await owner.change('PUT', '/v1/caps', { ...place, limit: '0' }, CapList)
    const refused = await owner.ask('Where is it?', { playground: true })
    expect([refused.status, refused.problem]).toMatchObject([
      402,
      { slug: 'cap-too-small', facts: { scope: 'playground', name: null } },
    ])
    expect((await owner.ask('Where is it?')).receipt?.outcome).toBe('answered')
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const { caps } = await owner.change('PUT', '/v1/caps/raise', { ...place, limit: '1', until }, CapList)
    expect(caps.at(-1)).toMatchObject({ ...place, limit: dollars('1') })
    expect((await owner.ask('Where is it?', { playground: true })).receipt?.outcome).toBe('answered')
    expect((await owner.request('DELETE', `/v1/caps?${new URLSearchParams(place)}`)).status).toBe(204)
    expect((await owner.ask('Where is it?', { playground: true })).receipt?.outcome).toBe('answered')
  })

  test('is in the statement of what the provider reports, since it is billed like any other call', async () => {
    await using desk = await givenDesk('anthropic')
    await drafted(desk)
    const { receipt } = await desk.owner.ask('Only trying', { playground: true })
    expect(receipt?.purpose).toBe('playground')
    const { cap, playground } = await desk.owner.spend()
    expect(playground > 0n).toBe(true)
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual([])
    const ours = sum(statement.rows.map((row) => row.ours.amount))
    expect(ours).toBe(await desk.bill())
    expect(ours).toBe(cap.settled + playground)
  })

  test('counts in the hour’s drafts', async () => {
    await using world = await given({ settings: { OWNKEY_DRAFTS_PER_HOUR: '2' } })
    await world.owner.ask('One?', { playground: true })
    await world.owner.ask('Two?')
    const { problem } = await world.owner.ask('Three?', { playground: true })
    expect(problem?.slug).toBe('rate-limited')
  })
})
