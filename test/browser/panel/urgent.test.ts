import type { Frame, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Cap, CapList } from '../../../shared/cap.ts'
import { pico, Usd } from '../../../shared/money.ts'
import { Receipt, type ReceiptSummary } from '../../../shared/receipts.ts'
import { type Desk, openDesk } from '../../demo/desk.ts'
import { given, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { pair } from '../options/browsing.ts'
import { flawsOf } from '../options/flaws.ts'
import { button, press, pressArmed, read, readLike, sentence, textOf, words } from '../surfaces.ts'

/** Milliseconds after which the panel's buttons take a press, with room to spare: they take one after 500. */
const ARMED_AFTER_MS = 1_500

const said = words.assistant
const { pause } = words.cap

let world: World
let stage: Stage
let desk: Desk

beforeAll(async () => {
  world = await given({ cap: '5' })
  stage = await openStage()
  desk = await openDesk()
  await pair(stage, world)
})

beforeEach(async () => {
  await world.owner.setCap('5')
  await reserve('0')
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

const reserve = (amount: string): Promise<Cap> =>
  world.owner.change('PUT', '/v1/cap/reserve', { reserve: amount }, Cap)

const capOf = async (id: string, scope: string, kind: string, limit: string): Promise<void> => {
  await world.owner.change('PUT', '/v1/caps', { scope, id, kind, limit }, CapList)
}

/** The gesture over a page with the caret in its box, and the panel that has read the page. */
const openTicket = async (): Promise<{ page: Page; panel: Frame }> => {
  const page = await stage.open(desk.address)
  await page.focus('#reply')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await read(panel, said.sending.title)
  return { page, panel }
}

const newest = async (): Promise<ReceiptSummary | undefined> => (await world.owner.receipts())[0]

/** Presses the focused button by its key until it takes it, which it does once it was really visible for long enough. */
const pressByKey = async (page: Page, panel: Frame, name: string): Promise<void> => {
  await (await button(panel, name)).focus()
  await until(
    async () => {
      await page.keyboard.press('Enter')
      return panel.$('.draft')
    },
    (begun) => begun !== null,
  )
}

describe('where only the reserve is left', () => {
  test('an open panel hears it at the refusal, and one press marks this draft as urgent', async () => {
    const { panel } = await openTicket()
    await button(panel, said.ask.draft)
    await reserve('5')
    const calls = world.simulator.requests().length
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem=reserve]')
    await readLike(panel, /What is left, \$[45]\.\d\d, is kept for urgent drafts\./)
    expect(world.simulator.requests()).toHaveLength(calls)
    await pressArmed(panel, said.ask.urgent)
    await panel.waitForSelector('[data-receipt]')
    await read(panel, sentence(said.receipt.urgentBy, { name: 'Olive Owner' }))
    expect((await newest())?.urgentBy?.name).toBe('Olive Owner')
  })

  test('a panel that opens says what is left and for what, and urgent can be asked for by keyboard', async () => {
    await reserve('5')
    const { page, panel } = await openTicket()
    await panel.waitForSelector('[data-problem="ai-paused"]')
    await readLike(panel, /What is left, \$[45]\.\d\d, is kept for urgent drafts\./)
    await read(panel, pause.mark)
    await read(panel, words.cap.reserveOnly)
    await pressByKey(page, panel, said.ask.urgent)
    await panel.waitForSelector('[data-receipt]')
    expect((await newest())?.urgentBy?.name).toBe('Olive Owner')
  })

  test('the shortcut of Draft marks nothing as urgent', async () => {
    await reserve('5')
    const { page, panel } = await openTicket()
    await button(panel, said.ask.urgent)
    await panel.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), ARMED_AFTER_MS)
    const calls = world.simulator.requests().length
    await panel.focus('footer textarea')
    await page.keyboard.down('Control')
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Enter')
    await page.keyboard.up('Control')
    await pressArmed(panel, said.ask.urgent)
    await panel.waitForSelector('[data-receipt]')
    expect(world.simulator.requests()).toHaveLength(calls + 1)
  })

  test('refining an urgent draft asks anew', async () => {
    await reserve('5')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.urgent)
    await panel.waitForSelector('[data-receipt]')
    const calls = world.simulator.requests().length
    await pressArmed(panel, said.refine.shorter)
    await panel.waitForSelector('[data-problem=reserve]')
    expect(world.simulator.requests()).toHaveLength(calls)
    await pressArmed(panel, said.ask.urgent)
    await read(panel, '3 of 3')
    await panel.waitForSelector('[data-receipt]')
    expect(await newest()).toMatchObject({ purpose: 'refine', urgentBy: { name: 'Olive Owner' } })
    await reserve('0')
    await pressArmed(panel, said.insert.again)
    await read(panel, '4 of 4')
    await panel.waitForSelector('[data-receipt]')
    expect(await newest()).toMatchObject({ purpose: 'refine', urgentBy: null })
  })

  test('is told in the receipts, where the marked ones can be found', async () => {
    await reserve('5')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.urgent)
    await panel.waitForSelector('[data-receipt]')
    const receipt = await newest()
    const page = await stage.openOptions('/receipts?urgent=yes')
    await page.waitForSelector(`tr[data-receipt="${receipt?.id}"] [data-urgent]`)
    const all = (await world.owner.receipts()).filter(({ urgentBy }) => urgentBy !== null)
    await readLike(page, new RegExp(`${all.length} receipts? · `))
    await page.click('[data-urgent]')
    await read(page, sentence(words.options.receipt.urgentBy, { name: 'Olive Owner' }))
  })

  test('nothing serious stands in the way of assistive technology', async () => {
    const { panel } = await openTicket()
    await button(panel, said.ask.draft)
    await reserve('5')
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem=reserve]')
    expect(await flawsOf(panel)).toEqual([])
    const again = await openTicket()
    await button(again.panel, said.ask.urgent)
    expect(await flawsOf(again.panel)).toEqual([])
  })
})

describe('a pause', () => {
  test('names the cap, tells what pauses, what goes on and when it ends, and ends by itself once it is raised', async () => {
    const id = await world.owner.memberId()
    await capOf(id, 'member', 'day', '0.000001')
    const { page, panel } = await openTicket()
    const cap = sentence(words.cap.names.dayOf, { name: 'Olive Owner' })
    await read(panel, sentence(pause.reached, { cap }))
    await read(panel, pause.effect)
    await readLike(panel, /otherwise it starts anew on \w+ \d+, 12:00 AM\./)
    const popup = await stage.openExtensionPage('popup.html')
    await read(popup, sentence(pause.reached, { cap }))
    await read(popup, pause.effect)
    await press(popup, words.popup.cap.raiseOnPage)
    await capOf(id, 'member', 'day', '5')
    await page.bringToFront()
    await panel.waitForSelector('[data-problem="ai-paused"]', { hidden: true })
    await button(panel, said.ask.draft)
  })

  test('by a channel’s cap is told at the refusal, by its name', async () => {
    const channel = await world.owner.request('POST', '/v1/channels', {
      name: 'Help desk',
      sites: ['desk.test'],
    })
    const { id } = JSON.parse(channel.text)
    await capOf(id, 'channel', 'month', '0.000001')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="cap-too-small"]')
    await read(panel, sentence(words.cap.names.monthOf, { name: 'Help desk' }))
    expect(await textOf(panel)).not.toContain(pause.mark)
    await world.owner.request('DELETE', `/v1/channels/${id}`)
  })
})

describe('a draft for which little is left', () => {
  test('is shorter than usual, and says why', async () => {
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-receipt]')
    const receipt = await world.owner.read(`/v1/receipts/${(await newest())?.id}`, Receipt)
    const { drafting } = await world.owner.status()
    const { settled } = await world.owner.cap()
    const perToken = (drafting?.perMillion.output ?? 0n) / 1_000_000n
    const room = settled + (receipt.attempts[0]?.held ?? 0n) - 400n * perToken
    await world.owner.setCap(Usd.encode(pico(room)))
    world.simulator.plan({ provider: 'anthropic', of: 'counts', next: ['overloaded'] })
    await pressArmed(panel, said.insert.again)
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-receipt]')
    await read(panel, said.draft.lowered)
  })
})
