import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyList } from '../../../shared/keys.ts'
import { simulatorKeys, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, press, read, see, sentence, textOf, words } from '../surfaces.ts'
import { visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.keys
const { routing } = words.options
const { keys, connect, disconnect, model } = words.popup
const { saved, undo, undone } = words.options.settings

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const keysOf = async (world: World) => (await world.owner.read('/v1/keys', KeyList)).keys

const paste = async (page: Page, key: string): Promise<void> => {
  const field = await page.waitForSelector('input[type=password]')
  await field?.type(key)
}

/** What stands in the field for the key now. */
const fieldOf = (page: Page): Promise<string> =>
  page.$eval('input[type=password]', (field) => (field instanceof HTMLInputElement ? field.value : ''))

/** Begins to disconnect the only key of a provider. */
const disconnectOf = async (page: Page, provider: string): Promise<void> => {
  await press(page, sentence(routing.key.menu, { label: provider }))
  await (await see(page, 'menuitem', keys.disconnect)).click()
}

describe('the Keys page', () => {
  test('tells all that may be known of a key, and never the key', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await page.waitForSelector('[data-key=anthropic]')
        const [card] = await keysOf(world)
        const text = await textOf(page)
        expect(text).toContain(keys.connected)
        expect(text).toContain(card?.model.name)
        expect(text).toContain('per million tokens')
        expect(text).toContain(card?.baseAddress)
        expect(text).toContain(said.otherAddress)
        expect(text).toContain('by Olive Owner')
        expect(text).toContain(`${said.version} 1`)
        expect(text).toContain(said.advice)
        expect(await page.content()).not.toMatch(/sk-|0123456789abcdef|cdef\b/)
      },
    }))

  test('without a key says what a key is for, and connects one', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        await read(page, said.emptyTitle)
        await press(page, keys.connect)
        await read(page, connect.advice)
        await paste(page, simulatorKeys.anthropic)
        await press(page, connect.verify)
        await read(page, connect.done)
        expect(await page.content()).not.toContain(simulatorKeys.anthropic)
        await press(page, connect.ready)
        await page.waitForSelector('[data-key=anthropic]')
        expect(await keysOf(world)).toMatchObject([{ provider: 'anthropic', primary: true }])
      },
    }))

  test('a key that the provider refuses leaves an empty field and what to do', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        await press(page, keys.connect)
        await paste(page, 'sk-ant-sim-key-invalid-0123456789abcdef')
        await press(page, connect.verify)
        await page.waitForSelector('[data-problem]')
        expect(await fieldOf(page)).toBe('')
        expect(await keysOf(world)).toEqual([])
      },
    }))

  test('puts another provider first, and back', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      act: async (page, world) => {
        const first = async () => (await keysOf(world)).find(({ primary }) => primary)?.provider
        await press(page, sentence(routing.swap, { provider: 'OpenAI' }))
        await read(page, saved)
        expect(await first()).toBe('openai')
        await press(page, undo)
        await read(page, undone)
        expect(await first()).toBe('anthropic')
      },
    }))

  test('lets another model draft, and the former one again', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        const chosen = async () => (await keysOf(world))[0]?.model
        const before = await chosen()
        await press(page, keys.chooseModel)
        const models = (await keysOf(world))[0]?.models ?? []
        const other = models.find(({ id, price }) => price !== null && id !== before?.id)
        await press(page, sentence(model.all, { number: String(models.length) }))
        await (await see(page, 'radio', other?.name ?? 'another model')).click()
        await press(page, model.use)
        await read(page, saved)
        expect(await chosen()).toMatchObject({ id: other?.id })
        await press(page, undo)
        await read(page, undone)
        expect(await chosen()).toMatchObject({ id: before?.id })
      },
    }))

  test('says what stops before it disconnects, and Escape leaves all as it is', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      act: async (page, world) => {
        await disconnectOf(page, 'Anthropic')
        await read(page, sentence(disconnect.goesOn, { other: 'OpenAI' }))
        await page.keyboard.press('Escape')
        await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
        expect((await keysOf(world)).filter(({ connected }) => connected)).toHaveLength(2)
        await disconnectOf(page, 'Anthropic')
        await read(page, disconnect.revoke.replace('{{provider}}', 'Anthropic'))
        const dialog = await page.waitForSelector('[role=dialog]')
        await (await dialog?.waitForSelector(`::-p-text(${disconnect.confirm})`))?.dispose()
        await page.$$eval(
          '[role=dialog] button',
          (buttons, name) => buttons.find(({ textContent }) => textContent === name)?.click(),
          disconnect.confirm,
        )
        await page.waitForFunction(() => document.querySelectorAll('[data-key]').length === 1)
        expect((await keysOf(world)).filter(({ connected }) => connected)).toMatchObject([
          { provider: 'openai' },
        ])
      },
    }))

  test('can be read by everybody, also in a narrow window', () =>
    visit(stage, {
      wish: { keys: ['anthropic'] },
      route: '/keys',
      act: async (page) => {
        await button(page, keys.replace)
        expect(await flawsOf(page)).toEqual([])
        await press(page, keys.replace)
        await page.waitForSelector('input[type=password]')
        expect(await flawsOf(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
      },
    }))
})
