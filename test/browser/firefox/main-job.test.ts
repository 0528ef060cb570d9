import type { Frame, Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyList } from '../../../shared/keys.ts'
import { PairingCodeAnswer } from '../../../shared/pairing.ts'
import { type Desk, openDesk } from '../../demo/desk.ts'
import { given, simulatorKeys, type World } from '../../world.ts'
import { armed } from '../asking.ts'
import { type FirefoxStage, openFirefox } from '../firefox.ts'
import { button, connectKeyByPopup, fill, press, read, see, textOf, words } from '../surfaces.ts'

const said = words.assistant

let world: World
let stage: FirefoxStage
let desk: Desk

beforeAll(async () => {
  world = await given({ keys: [] })
  stage = await openFirefox()
  desk = await openDesk()
})

afterAll(async () => {
  await stage.close()
  await desk.close()
  await world[Symbol.asyncDispose]()
})

const openTicket = async (): Promise<{ page: Page; panel: Frame }> => {
  const page = await stage.open(desk.address)
  await page.focus('#reply')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await button(panel, said.ask.draft)
  return { page, panel }
}

const drafted = async (panel: Frame): Promise<string> => {
  await press(panel, said.ask.draft)
  await panel.waitForSelector('[data-receipt]')
  return draftText(panel)
}

const draftText = async (panel: Frame): Promise<string> => {
  const field = await see(panel, 'textbox', said.draft.label)
  return field.evaluate((it) => (it instanceof HTMLTextAreaElement ? it.value : ''))
}

const boxText = (page: Page): Promise<string> =>
  page.$eval('#reply', (box) =>
    // biome-ignore lint/performance/useDomNodeTextContent: the lines that a person sees in the box are meant
    box instanceof HTMLElement ? box.innerText : '',
  )

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\n+/)
    .map((line) => line.trim())

/** Presses in the window that asks, which takes no press in its first half second, and which goes away by it. */
const pressOnceArmed = async (asking: Page, name: string): Promise<void> => {
  const found = await button(asking, name)
  await armed(asking)
  await found.click()
}

describe('in Firefox', () => {
  test('a browser pairs with a vault without any permission for its address, and connects a key', async () => {
    const popup = await stage.openExtensionPage('popup.html')
    const asked = { kind: 'device' }
    const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
    await fill(popup, words.popup.pairing.address, world.address())
    await fill(popup, words.popup.pairing.code, code)
    await press(popup, words.popup.pairing.pair)
    await read(popup, 'Acme Support')
    await connectKeyByPopup(popup, 'anthropic', simulatorKeys.anthropic)
    await press(popup, words.popup.connect.ready)
    await read(popup, words.common.aiOn)
    expect((await world.owner.read('/v1/keys', KeyList)).keys).toHaveLength(1)
    expect(await popup.evaluate(() => navigator.userAgent)).toContain('Firefox')
    await popup.close()
  })

  test('the shortcut opens the assistant over a page, which has the thread and no note', async () => {
    const { page, panel } = await openTicket()
    await read(panel, '3 messages · 1 note left out')
    expect(await textOf(panel)).not.toContain('Do not mention the gateway')
    await page.close()
  })

  test('a draft streams into the panel, and its receipt is the vault’s', async () => {
    const { page, panel } = await openTicket()
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 20 }] })
    await press(panel, said.ask.draft)
    const begun = await panel.waitForFunction(() => document.querySelector('.caret')?.textContent)
    await panel.waitForSelector('[data-receipt]')
    const whole = await draftText(panel)
    expect(whole.startsWith(String(await begun.jsonValue()).slice(0, 5))).toBe(true)
    const [receipt] = await world.owner.receipts()
    expect(await panel.$(`[data-receipt="${receipt?.id}"]`)).not.toBeNull()
    expect(await world.bill()).toBe((await world.owner.cap()).settled)
    await page.close()
  })

  test('Insert asks in a window of its own, and then the whole draft stands in the box', async () => {
    const { page, panel } = await openTicket()
    const text = await drafted(panel)
    await press(panel, said.insert.insert)
    const asking = await stage.ownWindow('confirm.html')
    await read(asking, `${said.confirm.into} ${new URL(desk.address).origin}`)
    await read(asking, text.replaceAll(/\s+/g, ' ').trim())
    expect((await boxText(page)).trim()).toBe('')
    await pressOnceArmed(asking, said.insert.insert)
    await panel.waitForSelector('[data-insert="inserted"]')
    expect(lines(await boxText(page))).toEqual(lines(text))
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply')
    await page.close()
  })

  test('nothing is inserted when the person says no there, and the draft stays', async () => {
    const { page, panel } = await openTicket()
    const text = await drafted(panel)
    await press(panel, said.insert.insert)
    await press(await stage.ownWindow('confirm.html'), said.insert.cancel)
    await button(panel, said.insert.insert)
    expect((await boxText(page)).trim()).toBe('')
    expect(await draftText(panel)).toBe(text)
    await page.close()
  })

  test('a page without https, where Firefox takes cryptography from frames, gets no panel but a window', async () => {
    const page = await stage.open(desk.address.replace('desk.test', 'open.test'))
    await page.focus('#reply')
    await stage.pressShortcut(page)
    const own = await stage.ownWindow('assistant.html')
    await fill(own, said.paste.label, 'Where is my parcel?')
    await press(own, said.ask.draft)
    await own.waitForSelector('[data-receipt]')
    expect(await page.$('[data-ownkey]')).toBeNull()
    await own.close()
    await page.close()
  })

  test('Escape closes the panel without a trace and gives the caret back', async () => {
    const { page, panel } = await openTicket()
    await panel.focus('button')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply')
    await page.close()
  })

  test('the options page shows what the vault has, in every tab, without an error', async () => {
    const page = await stage.openOptions('/spend')
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.waitForSelector('nav a')
    const tabs = await page.$$eval('nav a', (links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(tabs.length).toBeGreaterThan(2)
    for (const tab of tabs) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, tab)
      await page.waitForFunction(
        (hash) => document.querySelector(`nav a[href="${hash}"]`)?.getAttribute('aria-current') === 'page',
        {},
        tab,
      )
      await page.waitForFunction(() => document.querySelector('main .mantine-Skeleton-root') === null)
      expect([tab, await page.$$eval('[data-problem]', (them) => them.length)]).toEqual([tab, 0])
    }
    expect(errors).toEqual([])
    await page.close()
  })

  test('the receipts in the options page are the vault’s', async () => {
    const page = await stage.openOptions('/receipts')
    await page.waitForSelector('[data-receipt]')
    const shown = await page.$$eval('[data-receipt]', (rows) =>
      rows.map((row) => row.getAttribute('data-receipt')),
    )
    expect(shown).toEqual((await world.owner.receipts()).map(({ id }) => id))
    await page.close()
  })
})
