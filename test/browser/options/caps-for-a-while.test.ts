import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cap, CapList } from '../../../shared/cap.ts'
import { Usd } from '../../../shared/money.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { fill, press, read, readLike, sentence, words } from '../surfaces.ts'
import { cellsOf, threeDrafts, untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.caps
const { undo, undone, saved } = words.options.settings
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const capsOf = async (world: World) => (await world.owner.read('/v1/caps', CapList)).caps

const choose = async (page: Page, label: string): Promise<void> => {
  await (await page.waitForSelector(`label ::-p-text(${label})`))?.click()
}

/** Types into a field of a day and a time, as its calendar would. */
const pickMoment = async (page: Page, clocks: string): Promise<void> => {
  await page.waitForSelector('input[type=datetime-local]')
  await page.$eval(
    'input[type=datetime-local]',
    (field, value) => {
      if (!(field instanceof HTMLInputElement)) return
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    clocks,
  )
}

const raiseMonth = async (page: Page, limit: string, until: string): Promise<void> => {
  await press(page, said.raise.open)
  await fill(page, said.raise.limit, limit)
  await choose(page, until)
  await page.focus('[role=dialog] button[type=submit]')
  await page.keyboard.press('Enter')
}

describe('a temporary raise', () => {
  test('says before it is made what it does, then until when it holds, and is taken back', () =>
    visit(stage, {
      route: '/caps',
      prepare: threeDrafts,
      act: async (page, world) => {
        await press(page, said.raise.open)
        await read(page, said.raise.amountFirst)
        await fill(page, said.raise.limit, '80')
        await choose(page, said.raise.hour)
        await readLike(
          page,
          /Until \w+ \d+, [\d:]+ [AP]M up to \$80\.00 may be spent\. Then it is \$50\.00 again/,
        )
        const before = Date.now()
        await page.focus('[role=dialog] button[type=submit]')
        await page.keyboard.press('Enter')
        await readLike(page, /Raised to \$80\.00 until .+, then \$50\.00 again\./)
        const { limit, raised } = await world.owner.cap()
        expect([limit, raised?.base]).toEqual([Usd.parse('80'), Usd.parse('50')])
        expect((raised?.until ?? 0) - before).toBeGreaterThanOrEqual(HOUR_MS - MINUTE_MS)
        expect((raised?.until ?? 0) - before).toBeLessThan(HOUR_MS + 5 * MINUTE_MS)
        await press(page, undo)
        await read(page, undone)
        expect((await world.owner.cap()).raised).toBeNull()
      },
    }))

  test('lasts until the day ends in the workspace’s zone, until the month does, or until a moment that is typed', () =>
    visit(stage, {
      route: '/caps',
      act: async (page, world) => {
        const { period } = await world.owner.cap()
        const untilNow = async (): Promise<Cap['raised']> => (await world.owner.cap()).raised
        await raiseMonth(page, '80', said.raise.tonight)
        await read(page, saved)
        const hour = new Intl.DateTimeFormat('en-US', { timeZone: period.timeZone, timeStyle: 'short' })
        expect(hour.format((await untilNow())?.until)).toBe('12:00 AM')
        const day = new Intl.DateTimeFormat('en-US', { timeZone: period.timeZone, dateStyle: 'medium' })
        const isLastDay = period.endsAt - Date.now() < 24 * HOUR_MS
        if (!isLastDay) {
          await raiseMonth(page, '90', sentence(said.raise.period, { day: day.format(period.endsAt) }))
          await readLike(page, /Raised to \$90\.00/)
          expect((await untilNow())?.until).toBe(period.endsAt)
        }
        await press(page, said.raise.open)
        await fill(page, said.raise.limit, '85.50')
        await choose(page, said.raise.typed)
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: period.timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
        })
        const meant = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 26 * HOUR_MS
        await pickMoment(page, shown.format(meant).replace(' ', 'T'))
        await page.focus(`input[type=datetime-local]`)
        await page.keyboard.press('Enter')
        await readLike(page, /Raised to \$85\.50/)
        expect((await untilNow())?.until).toBe(meant)
      },
    }))

  test('that is none is refused in words, and nothing is changed', () =>
    visit(stage, {
      route: '/caps',
      act: async (page, world) => {
        await raiseMonth(page, '50', said.raise.hour)
        await page.waitForSelector('[data-problem="raise-refused"]')
        await read(page, sentence(words.raiseFlaws['not-higher'].happened, { limit: '$50.00' }))
        await fill(page, said.raise.limit, '60')
        await choose(page, said.raise.typed)
        await page.focus('[role=dialog] button[type=submit]')
        await page.keyboard.press('Enter')
        await read(page, said.raise.noMoment)
        await pickMoment(page, '2020-01-01T12:00')
        await page.focus('input[type=datetime-local]')
        await page.keyboard.press('Enter')
        await read(page, words.raiseFlaws['not-ahead'].happened)
        expect((await world.owner.cap()).raised).toBeNull()
      },
    }))

  test('is ended at once, and can be brought back; setting the cap ends it too', () =>
    visit(stage, {
      route: '/caps',
      prepare: async (world) => {
        const until = new Date(Date.now() + HOUR_MS).toISOString()
        const raise = { scope: 'workspace', id: '', kind: 'month', limit: '75', until }
        await world.owner.change('PUT', '/v1/caps/raise', raise, CapList)
      },
      act: async (page, world) => {
        await readLike(page, /Raised to \$75\.00/)
        await read(page, said.raise.endsIt)
        await press(page, sentence(said.raise.endOf, { which: words.cap.names.month }))
        await read(page, saved)
        await page.waitForSelector('[data-raised]', { hidden: true })
        expect((await world.owner.cap()).limit).toBe(Usd.parse('50'))
        await press(page, undo)
        await readLike(page, /Raised to \$75\.00/)
        await fill(page, words.popup.cap.label, '55')
        await press(page, words.popup.cap.save)
        await read(page, 'of $55.00')
        expect(await world.owner.cap()).toMatchObject({ limit: Usd.parse('55'), raised: null })
      },
    }))

  test('of a member’s cap stands in its row, and clears that member’s pause at once', () =>
    visit(stage, {
      route: '/caps',
      prepare: async (world) => {
        const id = await world.owner.memberId()
        const place = { scope: 'member', id, kind: 'day', limit: '0.000001' }
        await world.owner.change('PUT', '/v1/caps', place, CapList)
      },
      act: async (page, world) => {
        expect((await world.owner.status()).ai.paused).toBe('cap-reached')
        const which = sentence(words.cap.names.dayOf, { name: 'Olive Owner' })
        await press(page, sentence(said.raise.openOf, { which }))
        await fill(page, said.raise.limit, '2')
        await page.keyboard.press('Enter')
        await page.waitForSelector('tr[data-cap] [data-raised]')
        expect((await world.owner.status()).ai.on).toBe(true)
        await press(page, sentence(said.raise.endOf, { which }))
        await page.waitForSelector('tr[data-cap] [data-raised]', { hidden: true })
        expect((await world.owner.status()).ai.paused).toBe('cap-reached')
      },
    }))
})

describe('the reserve', () => {
  test('is kept, shown at the end of the bar, changed, given up, and brought back', () =>
    visit(stage, {
      route: '/caps',
      act: async (page, world) => {
        await read(page, said.reserve.none)
        await press(page, said.reserve.add)
        await fill(page, said.reserve.limit, '5')
        await press(page, said.reserve.save)
        await read(page, sentence(said.reserve.some, { amount: '$5.00' }))
        expect((await world.owner.cap()).reserve).toBe(Usd.parse('5'))
        expect(await page.$eval('.kept', (part) => getComputedStyle(part).width)).not.toBe('0px')
        expect(await page.$eval('[role=progressbar]', (bar) => bar.getAttribute('aria-label'))).toContain(
          sentence(words.cap.kept, { kept: '$5.00' }),
        )
        await press(page, said.reserve.change)
        await fill(page, said.reserve.limit, '8')
        await press(page, said.reserve.save)
        await read(page, sentence(said.reserve.some, { amount: '$8.00' }))
        await press(page, said.reserve.remove)
        await read(page, said.reserve.none)
        expect(await page.$('.kept')).toBeNull()
        await press(page, undo)
        await read(page, sentence(said.reserve.some, { amount: '$8.00' }))
      },
    }))
})

describe('the playground’s cap', () => {
  test('is one of the further caps, for a month or a day, and asks for no name', () =>
    visit(stage, {
      route: '/caps',
      act: async (page, world) => {
        await press(page, said.further.add)
        await page.waitForSelector('select')
        await page.select('select', 'playground')
        expect(await page.$$('select')).toHaveLength(1)
        await choose(page, said.kinds.day)
        await fill(page, said.further.limit, '2.50')
        await press(page, said.further.save)
        await untilThereAre(page, 1, 'tr[data-cap]')
        const [row] = await cellsOf(page, 'tr[data-cap]')
        expect(row?.slice(0, 2)).toEqual([said.scopes.playground, said.kinds.day])
        const set = (await capsOf(world)).find(({ scope }) => scope === 'playground')
        expect(set).toMatchObject({ kind: 'day', limit: Usd.parse('2.50'), settled: 0n })
        const [change] = await cellsOf(page, 'tr[data-change]')
        expect(change?.slice(2)).toEqual([words.cap.names.playgroundDay, '–', '$2.50'])
      },
    }))
})

describe('all of it', () => {
  test('can be read by everybody, also in a narrow window', () =>
    visit(stage, {
      route: '/caps',
      prepare: async (world) => {
        await threeDrafts(world)
        const until = new Date(Date.now() + HOUR_MS).toISOString()
        const day = { scope: 'playground', id: '', kind: 'day' }
        await world.owner.change('PUT', '/v1/caps', { ...day, limit: '1' }, CapList)
        await world.owner.change('PUT', '/v1/caps/raise', { ...day, limit: '3', until }, CapList)
        const month = { scope: 'workspace', id: '', kind: 'month' }
        await world.owner.change('PUT', '/v1/caps/raise', { ...month, limit: '75', until }, CapList)
        await world.owner.request('PUT', '/v1/cap/reserve', { reserve: '20' })
      },
      act: async (page) => {
        await untilThereAre(page, 2, '[data-raised]')
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.raise.open)
        await choose(page, said.raise.typed)
        await page.waitForSelector('input[type=datetime-local]')
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.waitForSelector('[role=dialog]', { hidden: true })
        expect(await misfits(page)).toEqual([])
      },
    }))
})
