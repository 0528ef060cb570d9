import type { Frame, KeyInput, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PairingCodeAnswer } from '../../shared/pairing.ts'
import { type Desk, openDesk } from '../demo/desk.ts'
import { given, simulatorKeys, until, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { focusIn } from './keyboard/focus.ts'
import { button, read, type Surface, sentence, words } from './surfaces.ts'

/** Stops of Tab after which something counts as not reachable. */
const MOST_STOPS = 80

/** Milliseconds that a surface has to put the focus somewhere when what had it went away. */
const KEPT_MS = 5_000

let world: World
let stage: Stage
let desk: Desk
/** What a person without a mouse would complain about, in the order in which they met it. */
let complaints: string[] = []

beforeAll(async () => {
  world = await given({ keys: [], cap: '50' })
  stage = await openStage()
  desk = await openDesk()
})

afterAll(async () => {
  await stage.close()
  await desk.close()
  await world[Symbol.asyncDispose]()
})

/** Writes down whatever a mouse, pen or finger does in this document. */
const watchPointers = (surface: Surface): Promise<void> =>
  surface.evaluate(() => {
    for (const type of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(
        type,
        () => {
          document.documentElement.dataset.pointed = type
        },
        { capture: true },
      )
  })

const wasPointed = (surface: Surface): Promise<boolean> =>
  surface.evaluate(() => 'pointed' in document.documentElement.dataset)

/** A person at a keyboard before one surface; `page` takes the keys, also for a frame in it. */
const typistAt = (page: Page, surface: Surface, where: string) => {
  const look = async (): Promise<string> => {
    const { name, isLost, isSeen } = await focusIn(surface)
    if (!isLost && !isSeen) complaints.push(`${where}: the focus cannot be seen on “${name}”`)
    return name
  }
  const press = (key: KeyInput): Promise<void> => page.keyboard.press(key)
  const go = async (name: string, key: KeyInput = 'Tab'): Promise<void> => {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if ((await look()).startsWith(name)) return
      await press(key)
    }
    throw new Error(`${where}: “${name}” cannot be reached by ${key}`)
  }
  return {
    go,
    press,
    type: (text: string): Promise<void> => page.keyboard.type(text),
    /** Goes there and presses Enter. */
    enter: async (name: string): Promise<void> => {
      await go(name)
      await press('Enter')
    },
    /** After something was done: the focus must be somewhere. */
    keepsFocus: async (after: string): Promise<void> => {
      const somewhere = (): boolean =>
        document.activeElement !== null && document.activeElement !== document.body
      const isKept = await surface.waitForFunction(somewhere, { timeout: KEPT_MS }).then(
        () => true,
        () => false,
      )
      if (!isKept) complaints.push(`${where}: the focus was lost after ${after}`)
      await look()
      if (await wasPointed(surface)) complaints.push(`${where}: a pointer was used before ${after}`)
    },
  }
}

const pairAndConnect = async (): Promise<void> => {
  const { pairing, keys, connect, model } = words.popup
  const popup = await stage.openExtensionPage('popup.html')
  await watchPointers(popup)
  const hands = typistAt(popup, popup, 'popup')
  const asked = { kind: 'device' }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  await hands.go(pairing.address)
  await hands.type(world.address())
  await hands.go(pairing.code)
  await hands.type(code)
  await hands.press('Enter')
  await read(popup, 'Acme Support')
  await button(popup, keys.connect)
  await hands.keepsFocus('pairing')

  await hands.enter(keys.connect)
  await popup.waitForSelector('input[type=password]')
  await hands.keepsFocus('opening the key')
  await hands.go(sentence(connect.key, { provider: 'Anthropic' }))
  await hands.type(simulatorKeys.anthropic)
  await hands.press('Enter')
  await read(popup, connect.done)
  await hands.keepsFocus('connecting')

  await hands.enter(connect.otherModel)
  await popup.waitForSelector('input[type=radio]')
  await hands.keepsFocus('opening the models')
  await until(
    async () => (await popup.evaluate(() => document.activeElement?.matches('input[type=radio]'))) ?? false,
    (onModels) => {
      if (!onModels) void hands.press('Tab')
      return onModels
    },
  )
  await hands.press('ArrowDown')
  await hands.enter(model.use)
  await read(popup, words.common.aiOn)
  await hands.keepsFocus('choosing the model')
  await popup.close()
}

const presses = (page: Page, key: KeyInput, panel: Frame, sign: string): Promise<unknown> =>
  until(
    async () => {
      await page.keyboard.press(key)
      return panel.$(sign)
    },
    (found) => found !== null,
  )

const boxText = (page: Page): Promise<string> => page.$eval('#reply', (box) => box.textContent ?? '')

const caretAt = (page: Page): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id)

const draftAndInsert = async (): Promise<void> => {
  const { ask, draft, insert, sending } = words.assistant
  const page = await stage.open(desk.address)
  await watchPointers(page)
  while ((await caretAt(page)) !== 'reply') await page.keyboard.press('Tab')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await watchPointers(panel)
  await read(panel, sending.title)
  await button(panel, ask.draft)
  const hands = typistAt(page, panel, 'panel')

  await page.keyboard.down('Control')
  await presses(page, 'Enter', panel, '[data-receipt], .caret')
  await page.keyboard.up('Control')
  await hands.keepsFocus('asking for a draft')
  await panel.waitForSelector('[data-receipt]')
  await hands.keepsFocus('the draft was there')

  await hands.go(draft.label)
  await page.keyboard.down('Control')
  await hands.press('End')
  await page.keyboard.up('Control')
  await hands.type(' Typed by hand.')
  await hands.go(insert.insert)
  await presses(page, 'Enter', panel, '[data-insert="inserted"]')
  expect(await boxText(page)).toContain('Typed by hand.')
  expect(await caretAt(page)).toBe('reply')

  await stage.pressShortcut(page)
  await panel.waitForFunction(() => document.hasFocus())
  await hands.keepsFocus('coming back')
  await hands.press('Escape')
  await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
  expect(await caretAt(page)).toBe('reply')
  if (await wasPointed(page)) complaints.push('a pointer was used on the ticket page')
  await page.close()
}

const readReceipts = async (): Promise<void> => {
  const page = await stage.openOptions('/spend')
  await watchPointers(page)
  const hands = typistAt(page, page, 'options')
  await page.waitForSelector('nav a')
  await hands.enter(words.options.receipts.tab)
  await page.waitForSelector('[data-receipt] a')
  await hands.keepsFocus('opening the receipts')
  const first = await page.$eval('[data-receipt] a', (link) => link.textContent ?? '')
  await hands.enter(first)
  await page.waitForSelector(`[role=dialog] table[aria-label="${words.options.receipt.formula}"]`)
  await hands.keepsFocus('opening a receipt')
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  await hands.press('Escape')
  await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
  await hands.keepsFocus('closing the receipt')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first)
  await page.close()
}

describe('the main job by keyboard alone', () => {
  beforeEach(() => {
    complaints = []
  })
  afterEach(() => expect(complaints).toEqual([]))

  test('pairs, connects a key and chooses its model', pairAndConnect)
  test('drafts, changes and inserts, and gives the caret back', draftAndInsert)
  test('opens a receipt and closes it', readReceipts)
})
