import { describe, expect, test } from 'vitest'
import { dollars, Usd, zero } from '../../shared/money.ts'
import { answered, model, NOON, TIME_ZONE } from '../books/desk.ts'
import { dayOf, givenSoundBooks, isHeld, monthOf, slugOf, spent } from './sound-books.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const given = givenSoundBooks
const modelId = `anthropic/${model.profile.id}`

describe('a cap of a member, a channel or a model', () => {
  test('stops only what it counts, and the refusal names it', async () => {
    const books = await given()
    const { ledger, request, member } = books
    const ravi = await books.addMember('Ravi')
    const shop = await books.addChannel('Shop')
    await books.setCapOf(monthOf('member', member), '1')
    await books.setCapOf(monthOf('channel', shop), '2')
    await spent(books, request(dollars('0.75')))
    expect(await ledger.hold(request(dollars('0.50')))).toEqual({
      held: false,
      slug: 'cap-reached',
      facts: {
        scope: 'member',
        id: member,
        name: 'Mina Park',
        kind: 'month',
        limit: dollars('1'),
        settled: dollars('0.75'),
        held: zero,
        left: dollars('0.25'),
        reserve: zero,
        needed: dollars('0.50'),
        resetsAt: Date.parse('2026-12-01T05:00:00Z'),
      },
    })
    await spent(books, request(dollars('1.50'), { member: ravi, channel: shop }))
    expect(await ledger.hold(request(dollars('0.60'), { member: ravi, channel: shop }))).toMatchObject({
      slug: 'cap-reached',
      facts: { scope: 'channel', name: 'Shop' },
    })
    expect(isHeld(await ledger.hold(request(dollars('0.60'), { member: ravi })))).toBe(true)
  })

  test('of a model counts the calls of that model, whoever asks', async () => {
    const books = await given()
    await books.setCapOf(monthOf('model', modelId), '1')
    expect(await books.ledger.hold(books.request(dollars('1.01')))).toMatchObject({
      slug: 'cap-too-small',
      facts: { scope: 'model', id: modelId, name: model.profile.name },
    })
    expect(isHeld(await books.ledger.hold(books.request(dollars('1'))))).toBe(true)
  })

  test('is held together with all others: where one declines, none has anything', async () => {
    const books = await given()
    await books.setCapOf(monthOf('member', books.member), '5')
    await books.setCapOf(dayOf('workspace', ''), '4')
    await books.setCapOf(monthOf('model', modelId), '0.10')
    expect(isHeld(await books.ledger.hold(books.request(dollars('1'))))).toBe(false)
    expect((await books.caps()).map(({ held }) => held)).toEqual([zero, zero, zero, zero])
  })

  test('counts what was spent in its period before it was set, what is in flight included', async () => {
    const books = await given()
    const ravi = await books.addMember('Ravi')
    const running = books.request(dollars('0.40'))
    await spent(books, books.request(dollars('2')), dollars('1.25'))
    await spent(books, books.request(dollars('3'), { member: ravi }))
    await books.ledger.hold(running)
    await books.setCapOf(monthOf('member', books.member), '10')
    const own = async () => (await books.caps()).find(({ scope }) => scope === 'member')
    expect(await own()).toMatchObject({ settled: dollars('1.25'), held: dollars('0.40') })
    await books.ledger.settle(answered(running, dollars('0.15')))
    expect(await own()).toMatchObject({ settled: dollars('1.40'), held: zero })
  })

  test('that was taken away counts, once it is set again, also what was spent meanwhile', async () => {
    const books = await given()
    const place = monthOf('member', books.member)
    await books.setCapOf(place, '10')
    await spent(books, books.request(dollars('1')))
    expect(await books.removeCapOf(place)).toBe(true)
    await spent(books, books.request(dollars('2')))
    await books.setCapOf(place, '10')
    await spent(books, books.request(dollars('4')))
    expect((await books.caps()).at(1)).toMatchObject({ scope: 'member', settled: dollars('7') })
    expect(await books.removeCapOf(dayOf('member', books.member))).toBe(false)
  })

  test('is of one workspace alone, and of nobody who is not there', async () => {
    const books = await given()
    const other = await books.addWorkspace()
    expect(await books.setCapOf(monthOf('member', other.member), '1')).toBe(false)
    await books.setCapOf(monthOf('model', modelId), '0')
    const theirs = books.request(dollars('1'), other)
    expect(isHeld(await books.ledger.hold(theirs))).toBe(true)
    await books.ledger.settle(answered(theirs, zero))
  })
})

describe('several refusals at once', () => {
  test('are told as the one that lasts longest', async () => {
    const books = await given()
    await books.setCapOf(dayOf('workspace', ''), '2')
    await books.setCapOf(monthOf('member', books.member), '3')
    const first = books.request(dollars('1.50'))
    await books.ledger.hold(first)
    expect(slugOf(await books.ledger.hold(books.request(dollars('1'))))).toBe('cap-held')
    await books.ledger.settle(answered(first, dollars('1.50')))
    const day = await books.ledger.hold(books.request(dollars('1')))
    expect(day).toMatchObject({ slug: 'cap-reached', facts: { scope: 'workspace', kind: 'day' } })
    const both = await books.ledger.hold(books.request(dollars('1.60')))
    expect(both).toMatchObject({ slug: 'cap-reached', facts: { scope: 'member', kind: 'month' } })
    const all = await books.ledger.hold(books.request(dollars('2.50')))
    expect(all).toMatchObject({ slug: 'cap-too-small', facts: { scope: 'workspace', kind: 'day' } })
  })
})

describe('a cap of a day', () => {
  test('starts anew at midnight of the workspace, while the month goes on', async () => {
    const books = await given()
    await books.setCapOf(dayOf('workspace', ''), '1')
    await spent(books, books.request(dollars('1')))
    const refused = await books.ledger.hold(books.request(dollars('0.10')))
    const midnight = Date.parse('2026-11-22T05:00:00Z')
    expect(refused).toMatchObject({ slug: 'cap-reached', facts: { kind: 'day', resetsAt: midnight } })
    books.clock.now = midnight - 1
    expect(isHeld(await books.ledger.hold(books.request(dollars('0.10'))))).toBe(false)
    books.clock.now = midnight
    await spent(books, books.request(dollars('1')))
    expect(await books.cap()).toMatchObject({ settled: dollars('2') })
  })

  test('counts what was spent that day before it was set, and nothing of the day before', async () => {
    const books = await given()
    await spent(books, books.request(dollars('4')))
    books.clock.now = NOON + DAY_MS
    await spent(books, books.request(dollars('2')))
    await books.setCapOf(dayOf('workspace', ''), '10')
    await books.setCapOf(dayOf('member', books.member), '10')
    const days = (await books.caps()).filter(({ kind }) => kind === 'day')
    expect(days.map(({ settled }) => settled)).toEqual([dollars('2'), dollars('2')])
  })

  test.each([
    ['25 hours long where summer time ends', '2026-11-01T12:00:00Z', 25],
    ['23 hours long where it begins', '2026-03-08T12:00:00Z', 23],
    ['24 hours long otherwise', '2026-11-21T12:00:00Z', 24],
  ])('is %s', async (_, at, hours) => {
    const books = await given()
    books.clock.now = Date.parse(at)
    await books.setCapOf(dayOf('workspace', ''), '1')
    const { period } = (await books.caps()).find(({ kind }) => kind === 'day') ?? {}
    expect(((period?.endsAt ?? 0) - (period?.startsAt ?? 0)) / HOUR_MS).toBe(hours)
    books.clock.now = (period?.startsAt ?? 0) + 1
    const call = books.request(dollars('1'), { expiresInMs: 2 * DAY_MS })
    await spent(books, call)
    books.clock.now = (period?.endsAt ?? 0) - 1
    expect(isHeld(await books.ledger.hold(books.request(dollars('1'))))).toBe(false)
    books.clock.now += 1
    expect(isHeld(await books.ledger.hold(books.request(dollars('1'))))).toBe(true)
  })

  test('keeps the zone of its month when the workspace moves, so that days fill months without gap or overlap', async () => {
    const books = await given()
    await books.setCapOf(dayOf('workspace', ''), '50')
    await spent(books, books.request(dollars('1')))
    const inTokyo = (bound: string) => ({ ...books.request(dollars(bound)), timeZone: 'Asia/Tokyo' })
    const days = []
    for (const at of [
      '2026-11-21T18:00:00Z',
      '2026-12-01T04:59:59Z',
      '2026-12-01T05:00:00Z',
      '2026-12-01T15:00:00Z',
    ]) {
      books.clock.now = Date.parse(at)
      await spent(books, inTokyo('1'))
      days.push((await books.caps('Asia/Tokyo')).find(({ kind }) => kind === 'day'))
    }
    expect(days.map((day) => [day?.period.timeZone, day?.settled])).toEqual([
      [TIME_ZONE, dollars('2')],
      [TIME_ZONE, dollars('1')],
      ['Asia/Tokyo', dollars('1')],
      ['Asia/Tokyo', dollars('1')],
    ])
    expect(days[2]?.period.startsAt).toBe(days[1]?.period.endsAt)
    expect(days[3]?.period.startsAt).toBe(days[2]?.period.endsAt)
  })
})

describe('the audit log', () => {
  test('says which cap was set, changed and taken away, by whom', async () => {
    const books = await given()
    const place = dayOf('member', books.member)
    await books.setCapOf(place, '3')
    await books.setCapOf(place, '4')
    await books.removeCapOf(place)
    await books.setCapOf(monthOf('workspace', ''), '60')
    const { entries } = await books.audit.list(books.workspace, { limit: 10 })
    const which = { scope: 'member', scopeId: books.member, name: 'Mina Park', period: 'day' }
    expect(entries.map(({ kind, memberName, facts }) => [kind, memberName, facts])).toEqual([
      ['cap-changed', 'Mina Park', { before: '50.00', after: '60.00' }],
      ['cap-changed', 'Mina Park', { ...which, before: '4.00', after: null }],
      ['cap-changed', 'Mina Park', { ...which, before: '3.00', after: '4.00' }],
      ['cap-changed', 'Mina Park', { ...which, before: null, after: '3.00' }],
    ])
    expect((await books.cap()).limit).toBe(Usd.parse('60'))
  })
})
