import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModelPrice, PriceList } from '../../../shared/books/prices.ts'
import { dollars } from '../../../shared/money.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, fill, press, read, sentence, words } from '../surfaces.ts'
import { cellsOf, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.prices
const { saved, undo, undone } = words.options.settings
const HAIKU = 'Claude Haiku 5.5'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const priceOf = async (world: World, name = HAIKU): Promise<ModelPrice | undefined> =>
  (await world.owner.read('/v1/prices', PriceList)).prices.find(({ modelName }) => modelName === name)

const openDialog = async (page: Page, model = HAIKU): Promise<void> => {
  await press(page, sentence(said.changeOf, { model }))
  await page.waitForSelector('[role=dialog]')
}

const choose = async (page: Page, kind: keyof typeof said.kinds): Promise<void> => {
  await page.select('[role=dialog] select', kind)
}

describe('prices on the Keys page', () => {
  test('tell the list price, take a discount, say who set it, and put it back', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await read(page, said.title)
        const [row] = await cellsOf(page, '[data-price]')
        expect(row?.slice(0, 4)).toEqual([
          `${HAIKU}Anthropic · ${said.inUse}`,
          '$0.10 in, $0.50 out',
          '–',
          '–',
        ])
        await openDialog(page)
        await choose(page, 'discount')
        await fill(page, said.dialog.percent, '100')
        await press(page, said.dialog.save)
        await read(page, said.dialog.malformedPercent)
        await fill(page, said.dialog.percent, '12.5')
        await press(page, said.dialog.save)
        await read(page, saved)
        await read(page, sentence(said.percentOff, { percent: '12.5%' }))
        expect((await cellsOf(page, '[data-price]'))[0]?.[3]).toContain('by Olive Owner')
        await press(page, undo)
        await read(page, undone)
        expect((await priceOf(world))?.own.map(({ terms }) => terms.kind)).toEqual(['list', 'discount'])
        await openDialog(page)
        await read(page, said.dialog.history)
      },
    }))

  test('ask before they take what may be a slip', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await openDialog(page)
        await choose(page, 'price')
        await fill(page, words.buckets.output, '50')
        await press(page, said.dialog.save)
        await read(page, words.problems['price-unusual'].todo)
        expect((await priceOf(world))?.own).toEqual([])
        await fill(page, words.buckets.output, '60')
        await press(page, said.dialog.save)
        await read(page, words.problems['price-unusual'].todo)
        expect((await priceOf(world))?.own).toEqual([])
        await press(page, said.dialog.confirm)
        await read(page, saved)
        const terms = (await priceOf(world))?.own[0]?.terms
        expect(terms?.kind === 'price' && terms.perMillion.output).toBe(dollars('60'))
        expect(terms?.kind === 'price' && terms.perMillion.reasoning).toBe(dollars('60'))
      },
    }))

  test('can be read by everybody, also in a narrow window and in the dark', () =>
    visit(stage, {
      route: '/keys',
      act: async (page) => {
        await button(page, sentence(said.changeOf, { model: HAIKU }))
        expect(await flawsOf(page)).toEqual([])
        await openDialog(page)
        await choose(page, 'price')
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 360, height: 800 })
        expect(await misfits(page)).toEqual([])
      },
    }))
})
