import type { Frame, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Receipt } from '../../../shared/receipts.ts'
import { type Desk, openDesk } from '../../demo/desk.ts'
import { givenBackup, routed } from '../../fallback/desk.ts'
import type { Act, Behaviour } from '../../provider/simulator.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { pair } from '../options/browsing.ts'
import { flawsOf } from '../options/flaws.ts'
import { button, press, pressArmed, read, see, sentence, textOf, words } from '../surfaces.ts'

const said = words.assistant
const { answered } = said

const by = (provider: string, why: string): string => sentence(answered.by, { provider, why })

const whyAnthropic = (reason: keyof typeof answered.why): string =>
  sentence(answered.why[reason], { provider: 'Anthropic' })

let world: World
let stage: Stage
let desk: Desk

/** A fresh world at each turn: whoever failed before would rest. */
const begin = async (role?: 'agent'): Promise<void> => {
  world = await givenBackup()
  await pair(stage, world, role)
}

beforeAll(async () => {
  stage = await openStage()
  desk = await openDesk()
})

afterEach(async () => {
  const pages = await stage.browser.pages()
  for (const page of pages.slice(1)) await page.close()
  await world[Symbol.asyncDispose]()
})

afterAll(async () => {
  await stage.close()
  await desk.close()
})

const plan = (...next: (Behaviour | Act)[]): void => world.simulator.plan({ provider: 'anthropic', next })

/** The gesture over a page with the caret in its box, and the panel that has read the page. */
const openTicket = async (): Promise<{ page: Page; panel: Frame }> => {
  const page = await stage.open(desk.address)
  await page.focus('#reply')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await read(panel, said.sending.title)
  await button(panel, said.ask.draft)
  return { page, panel }
}

const drafted = async (panel: Frame): Promise<string> => {
  await pressArmed(panel, said.ask.draft)
  await panel.waitForSelector('[data-receipt]')
  return textIn(panel)
}

const textIn = async (panel: Frame): Promise<string> => {
  const field = await see(panel, 'textbox', said.draft.label)
  return field.evaluate((it) => (it instanceof HTMLTextAreaElement ? it.value : ''))
}

const newest = async (): Promise<Receipt | undefined> => (await world.owner.receipts())[0]

const lineIn = (panel: Frame): Promise<string> => panel.$eval('.answered', (line) => line.textContent ?? '')

describe('the line above a draft', () => {
  test('says who answered and why not the other, from the first word on, and is read aloud', async () => {
    await begin()
    plan('overloaded')
    world.simulator.plan({ provider: 'openai', next: [{ do: 'slow', delayMs: 120 }] })
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-answered=openai]')
    const line = by('OpenAI', whyAnthropic('overloaded'))
    expect(await lineIn(panel)).toBe(line)
    expect(await panel.$eval('.answered', (it) => it.getAttribute('role'))).toBe('status')
    await button(panel, said.draft.stop)
    await panel.waitForSelector('[data-receipt]')
    expect(await lineIn(panel)).toBe(line)
    expect(await flawsOf(panel)).toEqual([])
  })

  test('says who stands in while the other rests', async () => {
    await begin()
    plan({ do: 'rate-limited', retryAfter: '600' })
    const { panel } = await openTicket()
    await drafted(panel)
    expect(await lineIn(panel)).toBe(by('OpenAI', whyAnthropic('rate-limited')))
    await pressArmed(panel, said.insert.again)
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-receipt]')
    expect(await lineIn(panel)).toBe(sentence(answered.standsIn, { provider: 'OpenAI' }))
  })

  test('is there again when the draft is opened anew, and is not there when nothing was unusual', async () => {
    await begin()
    plan('server-error')
    const first = await openTicket()
    await drafted(first.panel)
    await first.page.reload()
    await first.page.focus('#reply')
    await stage.pressShortcut(first.page)
    const panel = await stage.panel(first.page)
    await pressArmed(panel, said.kept.show)
    await read(panel, by('OpenAI', whyAnthropic('server-error')))
    await routed(world, { primary: 'openai', backup: 'anthropic' })
    await pressArmed(panel, said.insert.again)
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-receipt]')
    expect(await lineIn(panel)).toBe('')
  })
})

describe('a draft that was cut after its first words', () => {
  test('keeps them, marked, and one press begins anew on the backup, in a version of its own', async () => {
    await begin()
    plan('early-end')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="provider-ended-early"]')
    const part = await textIn(panel)
    expect(part).not.toBe('')
    await read(panel, words.common.partialKept)
    expect(await flawsOf(panel)).toEqual([])
    await pressArmed(panel, said.draft.startAgain)
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-problem]', { hidden: true })
    const whole = await textIn(panel)
    expect(whole.split('Hi Dana,')).toHaveLength(2)
    expect(whole.length).toBeGreaterThan(part.length)
    expect(await lineIn(panel)).toBe(by('OpenAI', whyAnthropic('ended-early')))
    const receipt = await newest()
    expect(receipt?.attempts.map(({ provider, outcome }) => [provider, outcome])).toEqual([
      ['anthropic', 'cut'],
      ['openai', 'answered'],
    ])
    await press(panel, said.insert.earlier)
    expect(await textIn(panel)).toBe(part)
    await panel.waitForSelector('[data-problem="provider-ended-early"]')
    expect(await textOf(panel)).not.toContain(said.draft.startAgain)
  })

  test('is begun anew by the key of the next step', async () => {
    await begin()
    plan('early-end')
    const { page, panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await button(panel, said.draft.startAgain)
    await panel.evaluate(() => new Promise((done) => setTimeout(done, 1_500)))
    await panel.focus('textarea.draft')
    await page.keyboard.down('Control')
    await page.keyboard.press('Enter')
    await page.keyboard.up('Control')
    await read(panel, '2 of 2')
    await panel.waitForSelector('[data-answered=openai]')
    await button(panel, said.insert.again)
    expect((await newest())?.attempts).toHaveLength(2)
  })

  test('offers no backup where there is none', async () => {
    await begin()
    await routed(world, { backup: null })
    plan('early-end')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="provider-ended-early"]')
    await read(panel, words.backups.off.admin)
    expect(await textOf(panel)).not.toContain(said.draft.startAgain)
    await button(panel, said.insert.again)
  })

  test('is still marked when it is found again', async () => {
    await begin()
    plan('early-end')
    const { page, panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="provider-ended-early"]')
    await page.reload()
    await page.focus('#reply')
    await stage.pressShortcut(page)
    const again = await stage.panel(page)
    await pressArmed(again, said.kept.show)
    await read(again, said.draft.keptPart)
  })
})

describe('a draft that nobody answered', () => {
  test('tells an agent and an admin each what they can do', async () => {
    await begin('agent')
    await routed(world, { backup: null })
    plan('no-credit')
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="provider-no-credit"]')
    const facts = { provider: 'Anthropic' }
    await read(panel, words.backups.off.others)
    await read(panel, sentence(words.failures['no-credit'].todo, facts))
    expect(await textOf(panel)).not.toContain(sentence(words.failures['no-credit'].admin, facts))
  })

  test('is told why the backup did not answer either', async () => {
    await begin()
    plan('overloaded')
    world.simulator.plan({ provider: 'openai', next: ['overloaded'] })
    const { panel } = await openTicket()
    await pressArmed(panel, said.ask.draft)
    await panel.waitForSelector('[data-problem="provider-overloaded"]')
    await read(panel, words.backups.unable.admin)
    expect(await flawsOf(panel)).toEqual([])
  })
})

describe('the channel of a site', () => {
  test('is named before anything is asked, and stays named beside the draft', async () => {
    await begin()
    const made = await world.owner.request('POST', '/v1/channels', {
      name: 'Help desk',
      sites: ['desk.test'],
    })
    expect(made.status).toBe(201)
    const { panel } = await openTicket()
    const named = sentence(said.sending.channel, { name: 'Help desk' })
    await read(panel, named)
    await drafted(panel)
    await read(panel, named)
  })
})
