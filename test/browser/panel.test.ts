import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Frame, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { editedPercent } from '../../extension/assistant/insert/edited.ts'
import { exactAmount } from '../../extension/ui/amounts.ts'
import { PairingCodeAnswer } from '../../shared/pairing.ts'
import type { ToldOutcome } from '../../shared/receipts.ts'
import { type Desk, openDesk } from '../demo/desk.ts'
import type { Act, Behaviour } from '../provider/simulator.ts'
import { given, until, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { button, fill, press, pressArmed, read, see, sentence, textOf, words } from './surfaces.ts'

const said = words.assistant

let world: World
let stage: Stage
let desk: Desk

const pairThisBrowser = async (): Promise<void> => {
  const popup = await stage.openExtensionPage('popup.html')
  const { code } = await world.owner.change(
    'POST',
    '/v1/pairing-codes',
    { kind: 'device' },
    PairingCodeAnswer,
  )
  await fill(popup, words.popup.pairing.address, world.address())
  await fill(popup, words.popup.pairing.code, code)
  await press(popup, words.popup.pairing.pair)
  await read(popup, 'Acme Support')
  await popup.close()
}

beforeAll(async () => {
  world = await given({ cap: '50' })
  stage = await openStage()
  desk = await openDesk()
  await pairThisBrowser()
})

afterAll(async () => {
  await stage.close()
  await desk.close()
  await world[Symbol.asyncDispose]()
})

afterEach(async () => {
  const pages = await stage.browser.pages()
  for (const page of pages.slice(1)) await page.close()
})

const plan = (...next: (Behaviour | Act)[]): void => world.simulator.plan({ provider: 'anthropic', next })

/** The gesture over a page with the caret in its box, and the panel that has read the page. */
const gesture = async (page: Page): Promise<Frame> => {
  await page.focus('#reply')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await read(panel, said.sending.title)
  await button(panel, said.ask.draft)
  return panel
}

const openTicket = async (): Promise<{ page: Page; panel: Frame }> => {
  const page = await stage.open(desk.address)
  return { page, panel: await gesture(page) }
}

/** Drafts and waits for the receipt; gives the text that can be changed. */
const drafted = async (panel: Frame): Promise<string> => {
  await pressArmed(panel, said.ask.draft)
  await panel.waitForSelector('[data-receipt]')
  return draftText(panel)
}

const draftText = async (panel: Frame): Promise<string> => {
  const field = await see(panel, 'textbox', said.draft.label)
  return field.evaluate((it) => (it instanceof HTMLTextAreaElement ? it.value : ''))
}

const growingText = (panel: Frame, characters: number) =>
  panel.waitForFunction(
    (wanted) => (document.querySelector('.caret')?.textContent ?? '').length >= wanted,
    {},
    characters,
  )

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

const bill = () => world.bill()

/** What the vault was told became of the newest draft; the background tells it in its own time. */
const toldOfNewest = async (): Promise<ToldOutcome> => {
  const newest = async () => (await world.owner.receipts()).find(({ purpose }) => purpose !== 'verify')
  const receipt = await until(newest, (found) => found?.told != null)
  if (receipt?.told == null) throw new Error('nothing was told')
  return receipt.told
}

describe('before a draft', () => {
  test('everything that will be sent is on screen, notes are left out, and nothing leaves', async () => {
    const calls = world.simulator.requests().length
    const { panel } = await openTicket()
    await read(panel, '3 messages · 1 note left out')
    await read(panel, 'When will I get the second')
    expect(await textOf(panel)).not.toContain('Do not mention the gateway')
    expect(world.simulator.requests()).toHaveLength(calls)
  })

  test('a message can be changed or left out, and the draft answers what was left', async () => {
    const { panel } = await openTicket()
    const edit = await panel.$$(`[aria-label="${said.turn.edit}"]`)
    await edit.at(-1)?.click()
    await fill(panel, said.turn.text, 'Is the green kettle coming back?')
    expect(await drafted(panel)).toContain('Is the green kettle coming back?')
  })

  test('a press by a script counts for nothing', async () => {
    const calls = world.simulator.requests().length
    const { panel } = await openTicket()
    const draft = await button(panel, said.ask.draft)
    await draft.evaluate((it) => it instanceof HTMLElement && it.click())
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-receipt]')
    expect(world.simulator.requests()).toHaveLength(calls + 1)
  })

  test('a press through a cover that the page laid over the panel counts for nothing', async () => {
    const calls = world.simulator.requests().length
    const { page, panel } = await openTicket()
    await page.evaluate(() => {
      const cover = document.createElement('div')
      cover.id = 'cover'
      cover.style.cssText =
        'position:fixed;inset:0;z-index:2147483647;background:white;opacity:.01;pointer-events:none'
      document.documentElement.append(cover)
    })
    const draft = await button(panel, said.ask.draft)
    await draft.evaluate(
      (it) =>
        new Promise<void>((resolve) => {
          const options = { threshold: [1], trackVisibility: true, delay: 100 }
          const covered = (entries: IntersectionObserverEntry[]): void => {
            if (entries.some((entry) => 'isVisible' in entry && entry.isVisible === false)) resolve()
          }
          new IntersectionObserver(covered, options).observe(it)
        }),
    )
    await draft.click()
    await read(panel, said.insert.unseen)
    expect(world.simulator.requests()).toHaveLength(calls)
    await page.evaluate(() => document.querySelector('#cover')?.remove())
    await drafted(panel)
  })

  test('a panel that a page frames by itself stays inert', async () => {
    const page = await stage.open(desk.address)
    await page.evaluate((id) => {
      const frame = document.createElement('iframe')
      frame.src = `chrome-extension://${id}/assistant.html`
      frame.addEventListener('load', () => {
        const { port1, port2 } = new MessageChannel()
        port1.start()
        const forged = { type: 'ownkey-handover', nonce: 'x'.repeat(32) }
        frame.contentWindow?.postMessage(forged, '*', [port2])
      })
      document.body.append(frame)
    }, stage.extensionId)
    const framed = await stage.panel(page)
    await read(framed, said.inert)
    expect(await framed.$$('button, textarea, input')).toHaveLength(0)
  })

  test('nobody drafts while the cap is used up, and the reason is said', async () => {
    await world.owner.setCap('0.00001')
    const page = await stage.open(desk.address)
    await page.focus('#reply')
    await stage.pressShortcut(page)
    const panel = await stage.panel(page)
    await panel.waitForSelector('[data-problem="ai-paused"]')
    await read(panel, sentence(words.cap.pause.reached, { cap: words.cap.names.month }))
    expect(await panel.$eval('footer button[data-disabled]', (it) => it.textContent)).toContain(
      said.ask.draft,
    )
    await world.owner.setCap('50')
  })
})

describe('a draft', () => {
  test('is asked for and inserted by keyboard alone, into the box, with the caret given back', async () => {
    const { page, panel } = await openTicket()
    await page.keyboard.down('Control')
    await until(
      async () => {
        await page.keyboard.press('Enter')
        return panel.$('[data-receipt], .caret')
      },
      (begun) => begun !== null,
    )
    await page.keyboard.up('Control')
    await panel.waitForSelector('[data-receipt]')
    const text = await draftText(panel)
    await until(
      async () => {
        await page.keyboard.press('Enter')
        return panel.$('[data-insert="inserted"]')
      },
      (inserted) => inserted !== null,
    )
    expect(lines(await boxText(page))).toEqual(lines(text))
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply')
  })

  test('has the receipt that the vault has, with exact dollars and the label of the provider', async () => {
    const { panel } = await openTicket()
    await drafted(panel)
    const [receipt] = await world.owner.receipts()
    const line = await panel.waitForSelector(`[data-receipt="${receipt?.id}"]`)
    const text = await line?.evaluate((it) => it.textContent)
    expect(text).toContain(receipt?.modelName)
    expect(text).toContain(
      sentence(said.receipt.tokens, { input: `${receipt?.inputTokens}`, output: `${receipt?.outputTokens}` }),
    )
    expect(text).toContain('simulated')
    if (receipt === undefined) throw new Error('There is no receipt')
    expect(await line?.$$eval('[title]', (them) => them.map((it) => it.getAttribute('title')))).toContain(
      exactAmount(receipt.settled, 'en-US'),
    )
    const link = await see(panel, 'link', said.receipt.open)
    expect(await link.evaluate((it) => it.getAttribute('href'))).toBe(
      `chrome-extension://${stage.extensionId}/options.html#/receipts/${receipt.id}`,
    )
  })

  test('is read out by sentences', async () => {
    const { panel } = await openTicket()
    const text = await drafted(panel)
    await read(panel, said.insert.copy)
    const spoken = await panel.$$eval('[role="log"] p', (them) => them.map((it) => it.textContent))
    expect(spoken.length).toBeGreaterThan(2)
    expect(spoken.slice(0, -1).join(' ').replaceAll(/\s+/g, ' ')).toBe(text.trim().replaceAll(/\s+/g, ' '))
    expect(spoken.at(-1)).toBe(said.draft.ready)
  })

  test('is text, whatever it says', async () => {
    const { panel } = await openTicket()
    const edit = await panel.$$(`[aria-label="${said.turn.edit}"]`)
    await edit.at(-1)?.click()
    await fill(panel, said.turn.text, 'Is <img src=x onerror=alert(1)> <b>bold</b> in stock?')
    expect(await drafted(panel)).toContain('<b>bold</b>')
    expect(await panel.$$('main b, main img')).toHaveLength(0)
  })

  test('is changed by what should change, and both versions stay', async () => {
    const { panel } = await openTicket()
    const first = await drafted(panel)
    await pressArmed(panel, said.refine.shorter)
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-receipt]')
    const second = await draftText(panel)
    expect(second).not.toBe(first)
    expect((await world.owner.receipts()).slice(0, 2).map(({ purpose }) => purpose)).toEqual([
      'refine',
      'draft',
    ])
    await press(panel, said.insert.earlier)
    await read(panel, '1 of 2')
    expect(await draftText(panel)).toBe(first)
  })

  test('that was stopped keeps what came, and the rest costs nothing', async () => {
    const { panel } = await openTicket()
    plan({ do: 'slow', delayMs: 40 })
    await pressArmed(panel, said.ask.draft)
    await growingText(panel, 30)
    await press(panel, said.draft.stop)
    await read(panel, said.draft.stopped)
    const partial = await draftText(panel)
    const before = await bill()
    await pressArmed(panel, said.draft.showWhole)
    await panel.waitForSelector('[data-receipt]')
    const whole = await draftText(panel)
    expect(whole.startsWith(partial)).toBe(true)
    expect(whole.length).toBeGreaterThan(partial.length)
    expect(await bill()).toBe(before)
  })

  test('that failed in the middle keeps what came, says why, and can be asked for again', async () => {
    const { panel } = await openTicket()
    plan({ do: 'error-mid-stream', after: 8 })
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-draft="failed"]')
    await read(panel, words.common.partialKept)
    expect(await draftText(panel)).not.toBe('')
    await pressArmed(panel, said.insert.again)
    await read(panel, '2 of 2')
    await read(panel, said.draft.ready)
  })

  test('whose panel was closed is offered again, whole and without a second charge', async () => {
    const { page, panel } = await openTicket()
    plan({ do: 'slow', delayMs: 40 })
    await pressArmed(panel, said.ask.draft)
    await growingText(panel, 20)
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply')
    const billed = await bill()
    const again = await gesture(page)
    await again.waitForSelector('[data-kept="asked"]')
    await pressArmed(again, said.kept.show)
    await again.waitForSelector('[data-receipt]')
    expect(await draftText(again)).not.toBe('')
    expect(await bill()).toBe(billed)
  })

  test('asks before it goes into another ticket', async () => {
    const { page, panel } = await openTicket()
    const text = await drafted(panel)
    await page.$eval('h1', (heading) => {
      heading.textContent = 'Another ticket'
    })
    await pressArmed(panel, said.insert.insert)
    await read(panel, said.insert.moved)
    expect((await boxText(page)).trim()).toBe('')
    await pressArmed(panel, said.insert.anyway)
    await read(panel, said.insert.inserted)
    expect(lines(await boxText(page))).toEqual(lines(text))
  })

  test('that was changed by hand is kept as it was changed', async () => {
    const { page, panel } = await openTicket()
    await drafted(panel)
    const field = await see(panel, 'textbox', said.draft.label)
    await field.type('Mine. ')
    const changed = await draftText(panel)
    expect(changed).toContain('Mine. ')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    const again = await gesture(page)
    await again.waitForSelector('[data-kept="ended"]')
    await pressArmed(again, said.kept.show)
    await read(again, said.draft.kept)
    expect(await draftText(again)).toBe(changed)
  })

  test('can be changed by hand before it is inserted', async () => {
    const { page, panel } = await openTicket()
    const text = await drafted(panel)
    await fill(panel, said.draft.label, 'Dear Dana, all is well.')
    const changed = await draftText(panel)
    await pressArmed(panel, said.insert.insert)
    await read(panel, said.insert.inserted)
    expect((await boxText(page)).trim()).toContain('all is well.')
    const told = { outcome: 'inserted', editedPercent: editedPercent(text, changed) }
    expect(await toldOfNewest()).toEqual(told)
    expect(told.editedPercent).toBeGreaterThan(0)
  })

  test('that nobody used when the panel closed counts as discarded, until it is used after all', async () => {
    const { page, panel } = await openTicket()
    await drafted(panel)
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    expect(await toldOfNewest()).toEqual({ outcome: 'discarded', editedPercent: 0 })
    const again = await gesture(page)
    await again.waitForSelector('[data-kept="ended"]')
    await pressArmed(again, said.kept.show)
    await pressArmed(again, said.insert.insert)
    await read(again, said.insert.inserted)
    const inserted = await until(toldOfNewest, ({ outcome }) => outcome === 'inserted')
    expect(inserted.editedPercent).toBe(0)
  })
})

describe('the panel on a page', () => {
  test('is moved by its title, also by keyboard, and stands there again the next time', async () => {
    const { page, panel } = await openTicket()
    const left = async (frame: Frame): Promise<number> => {
      const element = await frame.frameElement()
      return element?.evaluate((it) => it.getBoundingClientRect().left) ?? Number.NaN
    }
    const docked = await left(panel)
    await panel.focus(`[title="${said.header.move}"]`)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const moved = await until(
      () => left(panel),
      (at) => at < docked - 20,
    )
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    const again = await gesture(page)
    expect(
      await until(
        () => left(again),
        (at) => at === moved,
      ),
    ).toBe(moved)
  })

  test('leaves nothing behind when it closes, and gives the caret back', async () => {
    const { page, panel } = await openTicket()
    await press(panel, said.header.close)
    await page.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    await until(
      async () => page.frames().length,
      (frames) => frames === 1,
    )
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply')
  })
})

describe('in a window of its own', () => {
  test('the message is pasted, and the draft is copied', async () => {
    const popup = await stage.openExtensionPage('popup.html')
    const opening = stage.panelWindow()
    await press(popup, words.popup.open.draft)
    const panel = await opening
    await fill(panel, said.paste.label, 'Where is my parcel?')
    await press(panel, said.ask.draft)
    await panel.waitForSelector('[data-receipt]')
    const origin = `chrome-extension://${stage.extensionId}`
    await stage.browser.defaultBrowserContext().overridePermissions(origin, ['clipboard-read'])
    await panel.bringToFront()
    await press(panel, said.insert.copy)
    await button(panel, said.insert.copied)
    const field = await see(panel, 'textbox', said.draft.label)
    const text = await field.evaluate((it) => (it instanceof HTMLTextAreaElement ? it.value : ''))
    expect(await panel.evaluate(() => navigator.clipboard.readText())).toBe(text)
  })

  test('a vault that falls silent takes no draft away, and is told of once', async () => {
    const popup = await stage.openExtensionPage('popup.html')
    const opening = stage.panelWindow()
    await press(popup, words.popup.open.draft)
    const panel = await opening
    await fill(panel, said.paste.label, 'Where is my parcel?')
    await press(panel, said.ask.draft)
    await panel.waitForSelector('[data-receipt]')
    const first = await panel.$eval('textarea.draft', (field) => field.textContent)
    await panel.setOfflineMode(true)
    await press(panel, said.insert.again)
    await panel.waitForSelector('[data-problem=no-answer]')
    await press(panel, said.insert.earlier)
    await button(panel, said.insert.copy)
    expect(await panel.$eval('textarea.draft', (field) => field.textContent)).toBe(first)
    await press(panel, said.insert.later)
    await panel.waitForSelector('[data-problem=no-answer]')
    expect(await panel.$$('[data-problem]')).toHaveLength(1)
  })

  test('nothing serious stands in the way of assistive technology, in either scheme', async () => {
    const popup = await stage.openExtensionPage('popup.html')
    const opening = stage.panelWindow()
    await press(popup, words.popup.open.draft)
    const panel = await opening
    await fill(panel, said.paste.label, 'Where is my parcel?')
    const look = async (): Promise<readonly string[]> => {
      const { violations } = await new AxePuppeteer(panel).analyze()
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    }
    for (const value of ['light', 'dark']) {
      await panel.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      expect(await look()).toEqual([])
    }
    await press(panel, said.ask.draft)
    await panel.waitForSelector('[data-receipt]')
    for (const value of ['light', 'dark']) {
      await panel.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      expect(await look()).toEqual([])
    }
  })
})
