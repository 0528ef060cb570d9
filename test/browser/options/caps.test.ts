import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CapList } from '../../../shared/cap.ts'
import { Usd } from '../../../shared/money.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { fill, press, read, sentence, textOf, words } from '../surfaces.ts'
import { cellsOf, exact, threeDrafts, untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.caps
const { cap } = words.popup
const { undo, undone, saved } = words.options.settings

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

describe('the Caps page', () => {
  test('shows what is spent, reserved and left, and when it starts anew in which zone', () =>
    visit(stage, {
      route: '/caps',
      prepare: threeDrafts,
      act: async (page, world) => {
        const titleIn = async (name: string) => {
          const group = await page.waitForSelector(`[role=group][aria-label="${name}"] [title]`)
          return group?.evaluate((amount) => amount.getAttribute('title'))
        }
        const { settled, left, period } = await world.owner.cap()
        expect(await titleIn(said.settled)).toBe(exact(settled))
        expect(await titleIn(said.held)).toBe('$0.00')
        expect(await titleIn(said.left)).toBe(exact(left))
        expect(await textOf(page)).toContain(`12:00 AM, time of ${period.timeZone}.`)
      },
    }))

  test('tells what a full cap stops, what goes on, and what the overshoot rests on', () =>
    visit(stage, {
      route: '/caps',
      act: async (page) => {
        await read(page, said.full.drafts)
        await read(page, said.full.running)
        expect(await textOf(page)).not.toContain(words.options.spend.overshootAssumption)
        await (await page.waitForSelector('summary'))?.click()
        await read(page, words.options.spend.overshootAssumption)
      },
    }))

  test('sets the cap, and puts it back', () =>
    visit(stage, {
      route: '/caps',
      act: async (page, world) => {
        await fill(page, cap.label, '75.25')
        await press(page, cap.save)
        await read(page, saved)
        expect((await world.owner.cap()).limit).toBe(Usd.parse('75.25'))
        await press(page, undo)
        await read(page, undone)
        expect((await world.owner.cap()).limit).toBe(Usd.parse('50'))
      },
    }))

  test('asks before a cap that pauses everybody, and does nothing when it is not confirmed', () =>
    visit(stage, {
      route: '/caps',
      prepare: threeDrafts,
      act: async (page, world) => {
        await fill(page, cap.label, '0')
        await press(page, cap.save)
        await read(page, said.lower.title)
        await press(page, words.common.cancel)
        expect((await world.owner.cap()).limit).toBe(Usd.parse('50'))
        await press(page, cap.save)
        await press(page, said.lower.confirm)
        await read(page, words.cap.reached)
        expect((await world.owner.cap()).limit).toBe(Usd.parse('0'))
        expect((await world.owner.status()).ai.paused).toBe('cap-reached')
      },
    }))

  test('lists who changed the cap, newest first, page by page', () =>
    visit(stage, {
      route: '/caps',
      prepare: async (world) => {
        for (let limit = 51; limit < 63; limit += 1) await world.owner.setCap(String(limit))
      },
      act: async (page) => {
        await untilThereAre(page, 10, 'tr[data-change]')
        const [newest] = await cellsOf(page, 'tr[data-change]')
        expect(newest?.slice(1)).toEqual(['Olive Owner', words.cap.names.month, '$61.00', '$62.00'])
        await press(page, said.history.more)
        await untilThereAre(page, 12, 'tr[data-change]')
      },
    }))

  test('says so while the cap was never changed', () =>
    visit(stage, { route: '/caps', act: (page) => read(page, said.history.emptyTitle) }))

  test('sets a cap of a member for a day, changes it and takes it away, and back', () =>
    visit(stage, {
      route: '/caps',
      prepare: threeDrafts,
      act: async (page, world) => {
        const which = { which: sentence(words.cap.names.dayOf, { name: 'Olive Owner' }) }
        const further = async () =>
          (await world.owner.read('/v1/caps', CapList)).caps
            .filter(({ scope }) => scope !== 'workspace')
            .map(({ name, kind, limit }) => [name, kind, limit])
        await press(page, said.further.add)
        await (await page.waitForSelector(`label ::-p-text(${said.kinds.day})`))?.click()
        await fill(page, said.further.limit, '2.50')
        await press(page, said.further.save)
        await untilThereAre(page, 1, 'tr[data-cap]')
        expect(await further()).toEqual([['Olive Owner', 'day', Usd.parse('2.50')]])
        await press(page, sentence(said.further.editOf, which))
        await fill(page, said.further.limit, '3')
        await press(page, said.further.save)
        await read(page, '$3.00')
        await press(page, sentence(said.further.removeOf, which))
        await read(page, said.further.emptyTitle)
        expect(await further()).toEqual([])
        await press(page, undo)
        await untilThereAre(page, 1, 'tr[data-cap]')
        expect(await further()).toEqual([['Olive Owner', 'day', Usd.parse('3')]])
      },
    }))

  test('can be read by everybody, also in a narrow window', () =>
    visit(stage, {
      route: '/caps',
      prepare: async (world) => {
        await threeDrafts(world)
        await world.owner.setCap('80')
        const place = { scope: 'member', id: await world.owner.memberId(), kind: 'day', limit: '0.01' }
        await world.owner.change('PUT', '/v1/caps', place, CapList)
      },
      act: async (page) => {
        await page.waitForSelector('tr[data-change]')
        await page.waitForSelector('tr[data-cap]')
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
      },
    }))
})
