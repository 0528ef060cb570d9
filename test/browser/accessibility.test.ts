import type { Frame, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../demo/desk.ts'
import type { Act, Behaviour } from '../provider/simulator.ts'
import { given, type World } from '../world.ts'
import { openAsking } from './asking.ts'
import { openStage, type Stage } from './chromium.ts'
import { forgetPairing, linkOf, pairByLink } from './links.ts'
import { flawsOf } from './options/flaws.ts'
import { button, fill, press, pressArmed, read, type Surface, see, sentence, words } from './surfaces.ts'

const { assistant: said, popup: saidInPopup } = words

let world: World
let stage: Stage
let desk: Desk
/** What axe finds, by state, so that one run tells everything. */
let found: string[] = []

beforeAll(async () => {
  world = await given({ cap: '50' })
  stage = await openStage()
  desk = await openDesk()
})

afterEach(async () => {
  const pages = await stage.browser.pages()
  for (const page of pages.slice(1)) await page.close()
})

afterAll(async () => {
  await stage.close()
  await desk.close()
  await world[Symbol.asyncDispose]()
})

const note = async (surface: Surface, state: string): Promise<void> => {
  for (const flaw of await flawsOf(surface)) found.push(`${state}, ${flaw}`)
}

/** Walks through states of a surface; each is looked at where the walk notes it. */
const noting = async (walk: () => Promise<void>): Promise<void> => {
  found = []
  await walk()
  expect(found).toEqual([])
}

const plan = (...next: (Behaviour | Act)[]): void => world.simulator.plan({ provider: 'anthropic', next })

const openPopup = async (): Promise<Page> => {
  const popup = await stage.openExtensionPage('popup.html')
  await popup.setViewport({ width: 360, height: 600 })
  return popup
}

/** The panel over a page, whatever it has to say. */
const gesture = async (page: Page): Promise<Frame> => {
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await read(panel, said.sending.title)
  return panel
}

const openTicket = async (): Promise<{ page: Page; panel: Frame }> => {
  const page = await stage.open(desk.address)
  await page.focus('#reply')
  return { page, panel: await gesture(page) }
}

const drafted = async (panel: Frame): Promise<void> => {
  await pressArmed(panel, said.ask.draft)
  await panel.waitForSelector('[data-receipt]')
}

const openWindow = async (): Promise<Page> => {
  const popup = await openPopup()
  const opening = stage.panelWindow()
  await press(popup, saidInPopup.open.draft)
  return opening
}

const unpaired = async (): Promise<void> => {
  const popup = await openPopup()
  await see(popup, 'textbox', saidInPopup.pairing.address)
  await note(popup, 'pairing')
  await fill(popup, saidInPopup.pairing.address, 'http://vault.example.com')
  await fill(popup, saidInPopup.pairing.code, '7F3K9Q-AAAA-BBBB-CCCC-DDDD')
  await press(popup, saidInPopup.pairing.pair)
  await popup.waitForSelector('[data-problem]')
  await note(popup, 'pairing refused')
}

const atHome = async (): Promise<void> => {
  const { keys, connect, disconnect, cap, device } = saidInPopup
  const popup = await openPopup()
  const home = () => button(popup, keys.connect)
  const back = async () => {
    await press(popup, words.common.back)
    await home()
  }
  const menu = async (item: string) => {
    await press(popup, sentence(keys.menu, { provider: words.providers.anthropic }))
    await (await see(popup, 'menuitem', item)).click()
  }
  await home()
  await note(popup, 'home')
  await press(popup, sentence(keys.menu, { provider: words.providers.anthropic }))
  await see(popup, 'menuitem', keys.disconnect)
  await note(popup, 'menu of a key')
  await (await see(popup, 'menuitem', keys.chooseModel)).click()
  await popup.waitForSelector('input[type=radio]')
  await note(popup, 'models')
  await back()
  await menu(keys.disconnect)
  await button(popup, disconnect.confirm)
  await note(popup, 'disconnecting')
  await back()
  await press(popup, keys.connect)
  await fill(
    popup,
    sentence(connect.key, { provider: words.providers.openai }),
    'sk-ant-0123456789abcdefghij',
  )
  await read(popup, sentence(words.keyFlaws['other-provider'], { provider: words.providers.openai }))
  await note(popup, 'connecting a misshapen key')
  await back()
  await press(popup, cap.change)
  await fill(popup, cap.label, '12,5')
  await press(popup, cap.save)
  await read(popup, cap.malformed)
  await note(popup, 'a malformed cap')
  await back()
  await press(popup, device.add)
  await button(popup, device.makeCode)
  await note(popup, 'adding a browser')
  await press(popup, device.makeCode)
  await read(popup, device.code)
  await note(popup, 'the code for a browser')
  await back()
  await press(popup, device.signOut)
  await button(popup, device.signOutConfirm)
  await note(popup, 'signing out')
}

const pausedAndSilent = async (): Promise<void> => {
  await world.owner.setCap('0.00001')
  const popup = await openPopup()
  await read(popup, sentence(words.cap.pause.reached, { cap: words.cap.names.month }))
  await note(popup, 'paused')
  const { panel } = await openTicket()
  await panel.waitForSelector('[data-problem="ai-paused"]')
  await note(panel, 'panel, cap reached')
  await world.owner.setCap('50')
  await popup.bringToFront()
  await popup.setOfflineMode(true)
  await popup.reload()
  await popup.waitForSelector('[data-problem=no-answer]')
  await note(popup, 'without an answer')
}

const untilWhole = async (): Promise<void> => {
  const { page, panel } = await openTicket()
  await button(panel, said.ask.draft)
  await note(panel, 'before asking')
  await (await panel.$$(`[aria-label="${said.turn.edit}"]`)).at(-1)?.click()
  await see(panel, 'textbox', said.turn.text)
  await note(panel, 'a message being changed')
  await press(panel, said.turn.done)
  plan({ do: 'slow', delayMs: 2_000 })
  await pressArmed(panel, said.ask.draft)
  await panel.waitForSelector('.caret')
  await note(panel, 'being written')
  await press(panel, said.draft.stop)
  await read(panel, said.draft.stopped)
  await note(panel, 'stopped')
  plan({ do: 'error-mid-stream', after: 8 })
  await pressArmed(panel, said.insert.again)
  await panel.waitForSelector('[data-draft="failed"]')
  await note(panel, 'failed')
  await page.close()
}

const fromWhole = async (): Promise<void> => {
  const { page, panel } = await openTicket()
  await drafted(panel)
  await note(panel, 'whole')
  await press(panel, said.sending.show)
  await note(panel, 'with the thread open')
  await press(panel, said.sending.hide)
  await pressArmed(panel, said.refine.shorter)
  await read(panel, '2 of 2')
  await panel.waitForSelector('[data-receipt]')
  await note(panel, 'a second version')
  await pressArmed(panel, said.insert.insert)
  await panel.waitForSelector('[data-insert="inserted"]')
  await note(panel, 'inserted')
  await page.$eval('h1', (heading) => {
    heading.textContent = 'Another ticket'
  })
  await panel.waitForSelector('[data-place="changed"]')
  await note(panel, 'over another ticket')
  await pressArmed(panel, said.insert.insertAgain)
  await panel.waitForSelector('[data-insert="moved"]')
  await note(panel, 'asking before it goes into another ticket')
}

const reopened = async (): Promise<void> => {
  const { panel } = await openTicket()
  await panel.waitForSelector('[data-kept]')
  await note(panel, 'with a kept draft')
  const page = await stage.open(desk.address)
  await page.evaluate(() => document.body.replaceChildren(document.createElement('textarea')))
  const empty = await gesture(page)
  await see(empty, 'textbox', said.paste.label)
  await note(empty, 'over an empty page')
}

const inItsWindow = async (): Promise<void> => {
  const inert = await stage.openExtensionPage('assistant.html')
  await read(inert, said.inert)
  await note(inert, 'inert')
  await inert.close()
  const own = await openWindow()
  await see(own, 'textbox', said.paste.label)
  await note(own, 'window')
  await fill(own, said.paste.label, 'Where is my parcel?')
  await press(own, said.ask.draft)
  await own.waitForSelector('[data-receipt]')
  await note(own, 'window, drafted')
  await own.setOfflineMode(true)
  await press(own, said.insert.again)
  await own.waitForSelector('[data-problem=no-answer]')
  await note(own, 'window, without an answer')
}

const beforeInserting = async (): Promise<void> => {
  const question = { text: 'Hola Dana.\n\nSaludos', site: 'https://desk.example' }
  const asking = await openAsking(stage, question)
  await note(asking.window, 'asking')
  await asking.close()
  const long = await openAsking(stage, { ...question, text: 'One line more.\n'.repeat(80) })
  await note(long.window, 'asking at length')
  await long.close()
}

const asLightAgent = async (): Promise<void> => {
  await forgetPairing(stage)
  await (await pairByLink(stage, await linkOf(world, 'light-agent'), 'Lou Light')).close()
  const popup = await openPopup()
  await read(popup, words.common.aiOn)
  await note(popup, 'home of a light agent')
  const { panel } = await openTicket()
  await panel.waitForSelector('[data-problem="not-allowed"]')
  await note(panel, 'panel of a light agent')
}

describe('axe finds nothing, in light and dark,', () => {
  test('in the popup before it is paired', () => noting(unpaired))

  test('in every step of the popup', () =>
    noting(async () => {
      await (await pairByLink(stage, await linkOf(world))).close()
      await atHome()
    }))

  test('where drafting is paused, and where the vault does not answer', () => noting(pausedAndSilent))
  test('in the panel from asking to a draft that was stopped or failed', () => noting(untilWhole))
  test('in the panel from a whole draft to one that was inserted or asks first', () => noting(fromWhole))
  test('in the panel with an earlier draft, and over a page with nothing to answer', () => noting(reopened))
  test('in the assistant’s own window', () => noting(inItsWindow))
  test('in the window in which Insert asks', () => noting(beforeInserting))
  test('for a member who may not draft', () => noting(asLightAgent))
})
