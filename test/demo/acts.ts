import type { Frame, Page } from 'puppeteer'
import { pageNames } from '../../extension/options/route.ts'
import type { Stage } from '../browser/chromium.ts'
import {
  connectKeyByPopup,
  pairByPopup,
  press,
  pressArmed,
  read,
  readLike,
  see,
  sentence,
  words,
} from '../browser/surfaces.ts'
import { simulatorKeys } from '../world.ts'
import type { Photographer } from './pictures.ts'

const codePattern = /\b[0-9A-HJKMNP-TV-Z]{6}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}\b/

/** How the demo's workspace is called. */
const workspaceName = 'Fernway Support'

/** The scene: a browser with the ticket open. */
export type Scene = { readonly stage: Stage; readonly ticket: Page; readonly photograph: Photographer }

/** The first owner pairs in the extension's popup, as the README says. */
export const pairOwner = async (scene: Scene, address: string, code: string): Promise<Page> => {
  const popup = await scene.stage.openPopup(scene.ticket)
  await see(popup, 'textbox', words.popup.pairing.code)
  await scene.photograph(popup, 'popup-pairing')
  await pairByPopup(popup, { address, code, memberName: 'Mira Holm', workspaceName })
  return popup
}

/** The owner pastes a key; the vault proves it by a real call before it is stored. */
export const connectKey = async ({ photograph }: Scene, popup: Page): Promise<void> => {
  await connectKeyByPopup(popup, 'anthropic', simulatorKeys.anthropic)
  await photograph(popup, 'popup-key-connected')
  await press(popup, words.popup.connect.ready)
  await read(popup, words.common.aiOn)
  await photograph(popup, 'popup-home')
}

/** A code for a further browser of the owner, made in the popup. */
export const codeForSecondBrowser = async (popup: Page): Promise<string> => {
  await press(popup, words.popup.device.add)
  await press(popup, words.popup.device.makeCode)
  const code = await readLike(popup, codePattern)
  await press(popup, words.common.back)
  await read(popup, words.common.aiOn)
  return code
}

/** The agent clicks into the reply box and presses the shortcut; the panel reads the ticket. */
export const openAssistant = async ({ stage, ticket, photograph }: Scene): Promise<Frame> => {
  await ticket.bringToFront()
  await ticket.locator('#reply').click()
  await stage.pressShortcut(ticket)
  const panel = await stage.panel(ticket)
  await read(panel, words.assistant.sending.title)
  await read(panel, 'is there any news?')
  await photograph(panel, 'panel-before')
  return panel
}

const DRAFT_TIMEOUT_MS = 120_000

/** Characters of a draft that is well under way. */
const UNDER_WAY = 120

/** Whether the draft is well under way or, on a fast machine, written already. */
const isUnderWay = (label: string, characters: number): boolean =>
  document.querySelector('[data-receipt]') !== null ||
  (document.querySelector(`[role="region"][aria-label="${label}"]`)?.textContent.length ?? 0) > characters

const untilUnderWay = async (panel: Frame): Promise<void> => {
  const { label } = words.assistant.draft
  await panel.waitForFunction(isUnderWay, { timeout: DRAFT_TIMEOUT_MS }, label, UNDER_WAY)
}

const finishedDraft = async (panel: Frame): Promise<{ text: string; receiptId: string }> => {
  const receipt = await panel.waitForSelector('[data-receipt]', { timeout: DRAFT_TIMEOUT_MS })
  const receiptId = await receipt?.evaluate((line) => line.getAttribute('data-receipt'))
  const box = await see(panel, 'textbox', words.assistant.draft.label)
  const text = await box.evaluate((field) => (field instanceof HTMLTextAreaElement ? field.value : ''))
  if (receiptId === undefined || receiptId === null) throw new Error('The panel shows no receipt')
  return { text, receiptId }
}

/** The agent asks; the draft streams into the panel. Gives its text once the receipt is there. */
export const draftReply = async (
  { photograph }: Scene,
  panel: Frame,
): Promise<{ text: string; receiptId: string }> => {
  await pressArmed(panel, words.assistant.ask.draft)
  await untilUnderWay(panel)
  await photograph(panel, 'panel-drafting')
  const finished = await finishedDraft(panel)
  await photograph(panel, 'panel-drafted')
  return finished
}

/** The agent asks for another draft; `cut` ends the vault that writes it. What had come stays in the panel, marked. */
export const cutReply = async (
  { photograph }: Scene,
  panel: Frame,
  cut: () => Promise<void>,
): Promise<void> => {
  await pressArmed(panel, words.assistant.insert.again)
  await untilUnderWay(panel)
  await cut()
  await read(panel, words.problems['cut-off'].happened)
  await photograph(panel, 'panel-cut')
}

/** The agent asks once more: the draft that was cut gets its receipt, and another one comes whole. */
export const draftAgain = async ({ photograph }: Scene, panel: Frame): Promise<void> => {
  const { again, version, earlier } = words.assistant.insert
  await pressArmed(panel, again)
  await read(panel, sentence(version, { number: '3', count: '3' }))
  await finishedDraft(panel)
  await photograph(panel, 'panel-again')
  await press(panel, earlier)
  await readLike(panel, new RegExp(sentence(words.assistant.receipt.atMost, { amount: '' }).trim()))
  await photograph(panel, 'panel-cut-receipt')
}

/** The agent asks for another draft while the primary is down: the backup answers, and the panel says so. Gives the receipt's id. */
export const answeredByBackup = async ({ photograph }: Scene, panel: Frame): Promise<string> => {
  const { insert, answered } = words.assistant
  await pressArmed(panel, insert.again)
  await read(panel, sentence(insert.version, { number: '2', count: '2' }))
  const { receiptId } = await finishedDraft(panel)
  const why = sentence(answered.why.overloaded, { provider: words.providers.anthropic })
  await read(panel, sentence(answered.by, { provider: words.providers.openai, why }))
  await photograph(panel, 'panel-outage')
  return receiptId
}

/** The agent inserts the draft; gives what then stands in the ticket's box. */
export const insertReply = async ({ ticket, photograph }: Scene, panel: Frame): Promise<string> => {
  await pressArmed(panel, words.assistant.insert.insert)
  await read(panel, words.assistant.insert.inserted)
  await photograph(ticket, 'ticket-inserted')
  // biome-ignore lint/performance/useDomNodeTextContent: the lines that a person sees in the box are meant
  return ticket.$eval('#reply', (box) => (box instanceof HTMLElement ? box.innerText : ''))
}

/** The owner looks at the books in the options page. */
export const lookAtBooks = async ({ stage, photograph }: Scene, receiptId: string): Promise<void> => {
  const { spend, receipts, receipt, audit } = words.options
  const routes = [
    ['/spend', spend.thisMonth, 'options-spend'],
    ['/receipts', receipts.time, 'options-receipts'],
    [`/receipts/${receiptId}`, receipt.reserved, 'options-receipt'],
    ['/audit', audit.intro, 'options-audit'],
  ] as const
  for (const [route, sign, name] of routes) {
    const page = await stage.openOptions(route)
    await read(page, sign)
    await photograph(page, name)
    await page.close()
  }
}

/** Nothing of the page is still to come. */
const isSettled = (): boolean =>
  document.querySelector('main h1, main h2') !== null &&
  document.querySelector('.mantine-Skeleton-root') === null

/** A picture of every page of the options, as they are now: `options-<page>-<how>`. */
export const photographPages = async ({ stage, photograph }: Scene, how: 'empty' | 'full'): Promise<void> => {
  for (const name of pageNames) {
    const page = await stage.openOptions(`/${name}`)
    await page.waitForFunction(isSettled, { timeout: DRAFT_TIMEOUT_MS })
    await photograph(page, `options-${name}-${how}`)
    await page.close()
  }
}
