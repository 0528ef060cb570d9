import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wholeChain } from '../../server/store/books/events.ts'
import { Cap } from '../../shared/cap.ts'
import { dollars, pico, Usd } from '../../shared/money.ts'
import { ReceiptChanges, ReceiptSummary } from '../../shared/receipts.ts'
import { answered, type Books } from '../books/desk.ts'
import { given, type World } from '../world.ts'
import {
  audited,
  dayOf,
  givenSoundBooks,
  isHeld,
  monthOf,
  slugOf,
  spent,
  withoutChains,
} from './sound-books.ts'

const HOUR = 3_600_000

/** A month of ten dollars of which the last five are for urgent drafts. */
const givenReserve = async (reserve = '5'): Promise<Books> => {
  const books = await givenSoundBooks()
  await books.setCap('10')
  await books.setReserve(reserve)
  return books
}

const urgent = { urgent: true } as const

describe('the reserve of a cap', () => {
  test('is kept from a draft that nobody marked, and not from one that somebody did', async () => {
    const books = await givenReserve()
    const { ledger, request } = books
    await spent(books, request(dollars('4.50')))
    expect(await ledger.hold(request(dollars('0.60')))).toMatchObject({
      slug: 'cap-reached',
      facts: { scope: 'workspace', left: dollars('5.50'), reserve: dollars('5'), needed: dollars('0.60') },
    })
    await spent(books, request(dollars('0.60'), urgent))
    expect(isHeld(await ledger.hold(request(dollars('0.01'))))).toBe(false)
    await spent(books, request(dollars('4.90'), urgent))
    expect(slugOf(await ledger.hold(request(dollars('0.01'), urgent)))).toBe('cap-reached')
    expect(await books.cap()).toMatchObject({ settled: dollars('10'), left: 0n, reserve: dollars('5') })
  })

  test('begins exactly where it begins', async () => {
    const books = await givenReserve()
    const most = books.request(dollars('5'))
    expect(isHeld(await books.ledger.hold(books.request(pico(most.bound + 1n))))).toBe(false)
    expect(isHeld(await books.ledger.hold(most))).toBe(true)
    expect(isHeld(await books.ledger.hold(books.request(pico(1n))))).toBe(false)
    expect(isHeld(await books.ledger.hold(books.request(dollars('5'), urgent)))).toBe(true)
    expect(isHeld(await books.ledger.hold(books.request(pico(1n), urgent)))).toBe(false)
    const { settled, held, left } = await books.cap()
    expect([settled, held, left]).toEqual([0n, dollars('10'), 0n])
  })

  test('holds however many ask at once', async () => {
    const books = await givenReserve()
    const calls = Array.from({ length: 40 }, (_, index) =>
      books.request(dollars('0.40'), { urgent: index % 2 === 0 }),
    )
    const outcomes = await Promise.all(calls.map((call) => books.ledger.hold(call)))
    const plain = outcomes.filter((outcome, index) => isHeld(outcome) && index % 2 === 1).length
    expect(plain).toBeLessThanOrEqual(12)
    const { held } = await books.cap()
    expect(held <= dollars('10')).toBe(true)
    expect(held > dollars('9.60')).toBe(true)
  })

  test('tells what would help: waiting, a mark, another period, or nothing but a higher cap', async () => {
    const books = await givenReserve()
    const { ledger, request } = books
    const asked = async (bound: string, draft = {}) =>
      slugOf(await ledger.hold(request(dollars(bound), draft)))
    expect(await asked('10.01', urgent)).toBe('cap-too-small')
    expect(await asked('10.01')).toBe('cap-too-small')
    expect(await asked('6')).toBe('cap-reached')
    const inFlight = request(dollars('3'))
    await ledger.hold(inFlight)
    expect(await asked('3')).toBe('cap-held')
    expect(await asked('8', urgent)).toBe('cap-held')
    expect(await asked('5.01')).toBe('cap-reached')
    await ledger.settle(answered(inFlight, dollars('3')))
    expect(await asked('3')).toBe('cap-reached')
    expect(await asked('8', urgent)).toBe('cap-reached')
  })

  test('may be more than the limit: then it is all of it, and a raise leaves the rest to everybody', async () => {
    const books = await givenReserve('20')
    const { ledger, request } = books
    expect((await books.cap()).reserve).toBe(dollars('10'))
    expect(slugOf(await ledger.hold(request(dollars('0.01'))))).toBe('cap-reached')
    await books.raise(monthOf('workspace'), '21', HOUR)
    expect((await books.cap()).reserve).toBe(dollars('20'))
    expect(isHeld(await ledger.hold(request(dollars('1'))))).toBe(true)
    expect(isHeld(await ledger.hold(request(dollars('0.01'))))).toBe(false)
    books.clock.now += HOUR
    expect((await books.cap()).reserve).toBe(dollars('10'))
  })

  test('stays when the limit is changed, and is of the month of the whole workspace only', async () => {
    const books = await givenReserve()
    await books.setCap('12')
    for (const place of [dayOf('workspace'), monthOf('member', books.member)])
      await books.setCapOf(place, '6')
    expect((await books.caps()).map(({ reserve }) => reserve)).toEqual([dollars('5'), 0n, 0n])
    await spent(books, books.request(dollars('6')))
    expect(await books.ledger.hold(books.request(dollars('1'), urgent))).toMatchObject({
      slug: 'cap-reached',
      facts: { limit: dollars('6'), reserve: 0n },
    })
  })

  test('may be used by the proof of a key', async () => {
    const books = await givenReserve('10')
    await spent(books, books.request(dollars('0.01'), { purpose: 'verify' }))
    expect(isHeld(await books.ledger.hold(books.request(dollars('0.01'), { purpose: 'refine' })))).toBe(false)
  })

  test('is not changed without its record', async () => {
    const books = await givenReserve()
    await withoutChains(books, () => expect(books.setReserve('9')).rejects.toThrow())
    expect((await books.cap()).reserve).toBe(dollars('5'))
  })

  test('is in the audit log, before and after, as it was asked for', async () => {
    const books = await givenReserve('20')
    await books.setReserve('0')
    expect(
      (await audited(books, 'reserve-changed')).map(({ memberName, facts }) => [memberName, facts]),
    ).toEqual([
      ['Mina Park', { before: '0.00', after: '20.00' }],
      ['Mina Park', { before: '20.00', after: '0.00' }],
    ])
  })
})

const Held = z.object({ kind: z.literal('held'), facts: z.object({ urgentBy: z.string().optional() }) })

describe('who marked a draft as urgent', () => {
  test('is in the chain and on the receipt, and of the others nobody is', async () => {
    const books = await givenReserve()
    const other = books.request(dollars('0.01'))
    await books.ledger.hold(other)
    const call = books.request(dollars('6'), urgent)
    await books.ledger.hold(call)
    const chain = await wholeChain(books.database.db, books.workspace, 'ledger')
    const held = chain.map(({ bytes }) => Held.safeParse(JSON.parse(bytes)).data).filter(Boolean)
    expect(held.map((event) => event?.facts.urgentBy)).toEqual([undefined, books.member])
    const [receipt, plain] = await Promise.all(
      [call, other].map(({ receipt: { id } }) => books.receipts.find(books.workspace, id)),
    )
    expect(receipt?.urgentBy).toEqual({ id: books.member, name: 'Mina Park' })
    expect(plain?.urgentBy).toBeNull()
  })
})

const setReserve = ({ owner }: World, reserve: string) =>
  owner.change('PUT', '/v1/cap/reserve', { reserve }, Cap)

/** Leaves so much of the cap, all of which is the reserve. */
const leaveReserve = async (world: World, amount: string): Promise<void> => {
  const { settled } = await world.owner.cap()
  await world.owner.setCap(Usd.encode(pico(settled + dollars(amount))))
  await setReserve(world, amount)
}

const started = (heard: Awaited<ReturnType<World['owner']['ask']>>) =>
  heard.events.find((event) => event.type === 'started')

describe('the reserve over HTTP', () => {
  test('pauses drafting but for what is marked, which everybody sees in status, receipts, changes and exports', async () => {
    await using world = await given()
    const { owner } = world
    const anna = await owner.invite('agent', 'Anna')
    await leaveReserve(world, '5')
    expect((await anna.status()).ai).toMatchObject({ on: false, paused: 'cap-reached', urgent: true })
    const refused = await anna.ask('Where is it?')
    expect([refused.status, refused.problem?.slug]).toEqual([402, 'cap-reached'])
    const { receipt } = await anna.ask('My house is on fire!', { urgent: true })
    const marked = { id: await anna.memberId(), name: 'Anna' }
    expect(receipt).toMatchObject({ outcome: 'answered', urgentBy: marked })

    const changes = await owner.read('/v1/receipts/changes', ReceiptChanges)
    expect(changes.receipts.find(({ id }) => id === receipt?.id)?.urgentBy).toEqual(marked)
    expect(changes.receipts.filter(({ urgentBy }) => urgentBy !== null)).toHaveLength(1)
    const jsonl = await owner.request('GET', '/v1/receipts/export?format=jsonl&purpose=draft')
    expect(ReceiptSummary.parse(JSON.parse(jsonl.text.trim())).urgentBy).toEqual(marked)
    const [head = '', row = ''] = (
      await owner.request('GET', '/v1/receipts/export?format=csv&purpose=draft')
    ).text.split('\r\n')
    const cell = (name: string) => row.split(',')[head.split(',').indexOf(name)]
    expect([cell('urgent_by_id'), cell('urgent_by')]).toEqual([marked.id, 'Anna'])
    expect(await world.bill()).toBe((await owner.cap()).settled)
  })

  test('is not what pauses when even an urgent draft would not fit', async () => {
    await using world = await given()
    await leaveReserve(world, '0.000001')
    expect((await world.owner.status()).ai).toMatchObject({ paused: 'cap-reached', urgent: false })
    expect((await world.owner.ask('Where is it?', { urgent: true })).status).toBe(402)
  })

  test('is left alone by an answer that is cut short, while an urgent one is as long as ever', async () => {
    await using world = await given()
    const { owner } = world
    const usual = started(await owner.ask('Where is it?'))
    const { settled } = await owner.cap()
    const held = usual?.held ?? pico(0n)
    await setReserve(world, '5')
    await owner.setCap(Usd.encode(pico(settled + dollars('5') + held / 2n)))
    const short = started(await owner.ask('And this one?'))
    expect(short).toMatchObject({ lowered: true })
    expect(short?.outputLimit).toBeLessThan(usual?.outputLimit ?? 0)
    expect(started(await owner.ask('And this one?', { urgent: true }))).toMatchObject({ lowered: false })
    const cap = await owner.cap()
    expect(await world.bill()).toBe(cap.settled)
  })

  test('does not stop a key from being connected', async () => {
    await using world = await given({ keys: [] })
    await leaveReserve(world, '5')
    await world.owner.connectKey('anthropic')
    expect((await world.owner.cap()).settled > 0n).toBe(true)
  })
})
