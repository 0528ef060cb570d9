import { describe, expect, test } from 'vitest'
import { CapList, type CapPlace } from '../../shared/cap.ts'
import { dollars } from '../../shared/money.ts'
import { answered, NOON } from '../books/desk.ts'
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
const DAY = 24 * HOUR
const month = monthOf('workspace')

describe('a temporary raise', () => {
  test('holds until its moment, and ends by itself, by the clock alone', async () => {
    const books = await givenSoundBooks()
    const { ledger, request, clock } = books
    await books.setCap('1')
    await spent(books, request(dollars('1')))
    expect(slugOf(await ledger.hold(request(dollars('0.50'))))).toBe('cap-reached')

    expect(await books.raise(month, '3', HOUR)).toBe(true)
    const until = NOON + HOUR
    expect(await books.cap()).toMatchObject({
      limit: dollars('3'),
      left: dollars('2'),
      raised: { base: dollars('1'), until },
    })
    await spent(books, request(dollars('0.50')))
    clock.now = until - 1
    await spent(books, request(dollars('0.50')))
    clock.now = until
    expect(await ledger.hold(request(dollars('0.50')))).toMatchObject({
      slug: 'cap-reached',
      facts: { limit: dollars('1'), settled: dollars('2'), left: 0n },
    })
    expect(await books.cap()).toMatchObject({ limit: dollars('1'), left: 0n, raised: null })
  })

  test('leaves a hold that it allowed to be settled after its end, where it began', async () => {
    const books = await givenSoundBooks()
    await books.setCap('1')
    await books.raise(month, '3', 60_000)
    const call = books.request(dollars('2.50'))
    expect(isHeld(await books.ledger.hold(call))).toBe(true)
    books.clock.now += 60_000
    const { overshoot } = await books.spend({ workspaceId: books.workspace, timeZone: books.clock.timeZone })
    expect(overshoot).toBe(dollars('1.50'))
    await books.ledger.settle(answered(call, dollars('2.50')))
    expect(await books.cap()).toMatchObject({ settled: dollars('2.50'), held: 0n, left: 0n })
  })

  test('is of the cap that it names and no other, of whatever scope and period', async () => {
    const books = await givenSoundBooks()
    const { ledger, request, member } = books
    const places = [dayOf('workspace'), monthOf('member', member), dayOf('member', member)]
    for (const place of places) await books.setCapOf(place, '1')
    for (const [index, place] of places.entries()) {
      expect(isHeld(await ledger.hold(request(dollars('2'))))).toBe(false)
      await books.raise(place, '4', HOUR)
      const raised = (await books.caps()).filter((cap) => cap.raised !== null)
      expect(raised).toHaveLength(index + 1)
    }
    await spent(books, request(dollars('2')))
  })

  test('is replaced by another one, and ended early', async () => {
    const books = await givenSoundBooks()
    await books.raise(month, '70', HOUR)
    await books.raise(month, '60', DAY)
    expect((await books.cap()).raised).toEqual({ base: dollars('50'), until: NOON + DAY })
    expect((await books.cap()).limit).toBe(dollars('60'))
    expect(await books.endRaise(month)).toBe(true)
    expect(await books.cap()).toMatchObject({ limit: dollars('50'), raised: null })
    expect(await books.endRaise(month)).toBe(false)
  })

  test('that is over is not ended again', async () => {
    const books = await givenSoundBooks()
    await books.raise(month, '60', HOUR)
    books.clock.now += HOUR
    expect(await books.endRaise(month)).toBe(false)
    expect((await audited(books, 'cap-raised')).map(({ facts }) => facts.until)).toHaveLength(1)
  })

  test('is over when a limit is set, whether of the month or of another cap', async () => {
    const books = await givenSoundBooks()
    const place = dayOf('member', books.member)
    await books.setCapOf(place, '5')
    await books.raise(place, '9', HOUR)
    await books.setCapOf(place, '6')
    await books.raise(month, '90', HOUR)
    await books.setCap('40')
    expect((await books.caps()).map(({ limit, raised }) => [limit, raised])).toEqual([
      [dollars('40'), null],
      [dollars('6'), null],
    ])
  })

  test('goes with its cap when that is taken away, and does not come back with it', async () => {
    const books = await givenSoundBooks()
    const place = dayOf('workspace')
    await books.setCapOf(place, '5')
    await books.raise(place, '9', HOUR)
    await books.removeCapOf(place)
    await books.setCapOf(place, '5')
    expect((await books.caps()).at(-1)).toMatchObject({ limit: dollars('5'), raised: null })
  })

  test('must be above the cap’s own limit, and end within 31 days', async () => {
    const books = await givenSoundBooks()
    const facts = (reason: string) => ({ slug: 'raise-refused', facts: { reason, limit: dollars('50') } })
    await books.raise(month, '60', DAY)
    for (const limit of ['50', '49.99', '0'])
      await expect(books.raise(month, limit, HOUR)).rejects.toMatchObject(facts('not-higher'))
    for (const forMs of [0, -1, 31 * DAY + 1])
      await expect(books.raise(month, '70', forMs)).rejects.toMatchObject(facts('not-ahead'))
    expect(await books.cap()).toMatchObject({ limit: dollars('60') })
    expect(await audited(books, 'cap-raised')).toHaveLength(1)
    await books.raise(month, '70', 31 * DAY)
  })

  test('does not begin or end without its record', async () => {
    const books = await givenSoundBooks()
    await withoutChains(books, () => expect(books.raise(month, '60', HOUR)).rejects.toThrow())
    expect((await books.cap()).raised).toBeNull()
    await books.raise(month, '60', HOUR)
    await withoutChains(books, () => expect(books.endRaise(month)).rejects.toThrow())
    await withoutChains(books, () => expect(books.setCap('40')).rejects.toThrow())
    expect(await books.cap()).toMatchObject({ limit: dollars('60'), raised: { base: dollars('50') } })
  })

  test('of a cap that is not set is none', async () => {
    const books = await givenSoundBooks()
    expect(await books.raise(dayOf('workspace'), '60', HOUR)).toBe(false)
    expect(await books.raise(monthOf('playground'), '60', HOUR)).toBe(false)
    expect(await audited(books, 'cap-raised')).toEqual([])
  })

  test('is in the audit log with what was before, what holds and until when, also when something ended it', async () => {
    const books = await givenSoundBooks()
    const place = dayOf('member', books.member)
    const which = { scope: 'member', scopeId: books.member, name: 'Mina Park', period: 'day' }
    await books.setCapOf(place, '5')
    await books.raise(place, '9', HOUR)
    await books.endRaise(place)
    await books.raise(month, '90', HOUR)
    await books.setCap('40')
    const until = new Date(NOON + HOUR).toISOString()
    expect((await audited(books, 'cap-raised')).map(({ facts }) => facts)).toEqual([
      { ...which, before: '5.00', after: '9.00', until },
      { ...which, before: '9.00', after: '5.00', until: null },
      { before: '50.00', after: '90.00', until },
      { before: '90.00', after: '50.00', until: null },
    ])
    expect((await audited(books, 'cap-changed')).at(-1)?.facts).toEqual({ before: '50.00', after: '40.00' })
  })
})

/** A world whose clock the test moves; the session that a browser had is over then. */
const givenClock = async () => {
  const clock = { now: NOON }
  const world = await given({ now: () => clock.now })
  const pass = (ms: number): void => {
    clock.now += ms
    world.owner.forgetToken()
  }
  return Object.assign(world, { pass, at: () => clock.now })
}

const raise = ({ owner }: World, place: CapPlace, limit: string, until: number) =>
  owner.request('PUT', '/v1/caps/raise', { ...place, limit, until: new Date(until).toISOString() })

const endOf = (place: CapPlace): string => `/v1/caps/raise?${new URLSearchParams(place)}`

describe('at 100 %', () => {
  test('drafting pauses and says so, raising the cap clears it at once, and the end of a raise pauses it again', async () => {
    await using world = await givenClock()
    const { owner } = world
    expect((await owner.ask('Where is it?')).receipt?.outcome).toBe('answered')
    await owner.setCap('0.000001')
    const refused = await owner.ask('And this one?')
    expect([refused.status, refused.problem?.slug]).toEqual([402, 'cap-too-small'])
    expect((await owner.status()).ai).toMatchObject({ on: false, paused: 'cap-reached', urgent: false })

    const until = world.at() + HOUR
    const { caps } = CapList.parse(JSON.parse((await raise(world, month, '5', until)).text))
    expect(caps[0]).toMatchObject({ limit: dollars('5'), raised: { base: dollars('0.000001'), until } })
    expect((await owner.status()).ai).toMatchObject({ on: true, paused: null, cap: null })
    expect((await owner.ask('And this one?')).receipt?.outcome).toBe('answered')

    world.pass(HOUR)
    expect((await owner.status()).ai).toMatchObject({ on: false, paused: 'cap-reached' })
    expect((await owner.ask('Another?')).status).toBe(402)
    await owner.setCap('5')
    expect((await owner.status()).ai).toMatchObject({ on: true })
    expect((await owner.ask('Another?')).receipt?.outcome).toBe('answered')
    expect(await world.bill()).toBe((await owner.cap()).settled)
  })
})

describe('a temporary raise over HTTP', () => {
  test('is ended early once, and is refused with the reason and the limit that holds', async () => {
    await using world = await givenClock()
    const { owner } = world
    await raise(world, month, '60', world.at() + HOUR)
    expect((await owner.request('DELETE', endOf(month))).status).toBe(204)
    expect(await owner.cap()).toMatchObject({ limit: dollars('50'), raised: null })
    expect((await owner.request('DELETE', endOf(month))).problem?.slug).toBe('not-found')

    const { status, problem } = await raise(world, month, '50', world.at() + HOUR)
    expect(status).toBe(422)
    expect(problem?.facts).toEqual({ reason: 'not-higher', limit: dollars('50') })
    const late = await raise(world, month, '60', world.at() + 32 * DAY)
    expect(late.problem?.facts).toEqual({ reason: 'not-ahead', limit: dollars('50') })
  })

  test('of a cap that is not set, or counts nothing, is not found', async () => {
    await using world = await given({ keys: [] })
    const until = Date.now() + HOUR
    for (const place of [
      dayOf('workspace'),
      monthOf('member', crypto.randomUUID()),
      monthOf('playground', 'x'),
    ]) {
      expect((await raise(world, place, '60', until)).problem?.slug).toBe('not-found')
      expect((await world.owner.request('DELETE', endOf(place))).problem?.slug).toBe('not-found')
    }
  })
})
