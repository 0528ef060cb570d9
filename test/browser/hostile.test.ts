import type { Frame, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, openBench, type Talk } from './bench.ts'

declare global {
  interface Window {
    loot: string[]
    frameAssistant: (address: string) => void
    forge: () => void
  }
}

/** What only the agent and the panel may know. */
const secret = 'SECRET-DRAFT'

let bench: Bench
let tab: Page

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

beforeEach(async () => {
  tab = await bench.visit('/hostile.html')
})
afterEach(() => tab.close())

const assistantAddress = () => `chrome-extension://${bench.stage.extensionId}/assistant.html`

const framesOfAssistant = (): Frame[] =>
  tab.frames().filter((frame) => frame.url().startsWith(assistantAddress()))

/** The frames that the page made itself, after each has had its answer from the background. */
const impostors = async (except?: Frame): Promise<Frame[]> => {
  await expect.poll(() => framesOfAssistant().filter((frame) => frame !== except).length).toBeGreaterThan(3)
  return framesOfAssistant().filter((frame) => frame !== except)
}

const verdictOn = async (frame: Frame): Promise<boolean | undefined> => {
  await frame.waitForFunction(() => window.bench?.confirmed !== undefined)
  return frame.evaluate(() => window.bench?.confirmed)
}

const lootOf = (): Promise<string> => tab.evaluate(() => window.loot.join('\n'))

const openOn = async (): Promise<Talk> => {
  await tab.focus('#box')
  await bench.stage.pressShortcut(tab)
  return bench.talk(tab)
}

const hostIsGone = (): Promise<unknown> =>
  tab.waitForFunction(() => document.querySelector('[data-ownkey]') === null)

describe('a hostile page', () => {
  test('sees that something was opened, but no key, no draft and no session', async () => {
    await tab.focus('#box')
    await tab.keyboard.type('q')
    expect(await lootOf()).toContain('key=q')
    const panel = await openOn()
    await panel.capture()
    await panel.frame.focus('#draft')
    await tab.keyboard.type(secret)
    expect(await panel.frame.$eval('#draft', (draft) => ('value' in draft ? draft.value : ''))).toBe(secret)

    const loot = await lootOf()
    const nonce = await panel.nonce()
    const page = await tab.evaluate(
      (word) => ({
        html: document.documentElement.outerHTML,
        globals: Object.getOwnPropertyNames(window).join(),
        found: Reflect.get(window, 'find').call(window, word),
        frames: window.length,
        shadow: document.querySelector('[data-ownkey]')?.shadowRoot ?? null,
      }),
      secret,
    )
    expect(loot).toContain('focusin')
    expect(loot).not.toContain(nonce)
    expect(loot).not.toMatch(/key=[SECRTDAF-](,|$)/m)
    expect(loot).not.toMatch(/SECRET|ownkey-handover|captured/)
    expect(loot).not.toMatch(/^(attachShadow|MessageChannel)/m)
    expect(page.html).not.toContain(nonce)
    expect(page.globals).not.toMatch(/ownkey/i)
    expect(page).toMatchObject({ found: false, frames: 0, shadow: null })
  })

  test('frames the assistant itself and guesses, before and after the gesture: no frame of it is confirmed', async () => {
    await tab.evaluate((address) => window.frameAssistant(address), assistantAddress())
    for (const frame of await impostors()) {
      const nonceLength = await frame.evaluate(() => window.bench?.nonce?.length)
      if (nonceLength !== undefined) expect(await verdictOn(frame)).toBe(false)
    }
    await bench.stage.pressShortcut(tab)
    const panel = await bench.talk(tab)
    await tab.evaluate((address) => window.frameAssistant(address), assistantAddress())
    const confirmed = await Promise.all(
      framesOfAssistant().map((frame) => frame.evaluate(() => window.bench?.confirmed ?? false)),
    )
    expect(confirmed.filter(Boolean)).toHaveLength(1)
    expect((await panel.capture()).turns).toHaveLength(1)
    expect(await lootOf()).not.toContain('captured')
  })

  test('even with a stolen nonce gets no session in a frame of its own', async () => {
    const panel = await openOn()
    const nonce = await panel.nonce()
    await tab.evaluate((address) => window.frameAssistant(address), assistantAddress())
    const [impostor] = await impostors(panel.frame)
    const answer = await impostor?.evaluate(
      (stolen) => Reflect.get(window, 'chrome').runtime.sendMessage({ type: 'claim-session', nonce: stolen }),
      nonce,
    )
    expect(answer).toEqual({ confirmed: false })
  })

  test('forges orders to every window: nothing is read and nothing is inserted', async () => {
    const panel = await openOn()
    await panel.capture()
    await tab.evaluate(() => window.forge())
    expect(await panel.frame.evaluate(() => window.bench?.received.length)).toBe(0)
    expect(await tab.$eval('#box', (box) => ('value' in box ? box.value : ''))).toBe('')
    expect(await lootOf()).not.toContain('captured')
  })

  const tamperings: readonly [string, () => void][] = [
    ['removes the panel', () => document.querySelector('[data-ownkey]')?.remove()],
    ['moves the panel', () => document.body.append(document.querySelector('[data-ownkey]') ?? '')],
    [
      'restyles the panel',
      () => document.querySelector('[data-ownkey]')?.setAttribute('style', 'opacity: 0.01'),
    ],
    ['wipes the document', () => document.documentElement.replaceChildren()],
    ['writes the document anew', () => document.write('<p>gone</p>')],
  ]
  test.each(tamperings)('%s: the session ends and nothing stays', async (_, tamper) => {
    const panel = await openOn()
    await panel.capture()
    await tab.evaluate(tamper)
    await hostIsGone()
    await expect.poll(() => framesOfAssistant().length).toBe(0)
  })
})
