import { randomUUID } from 'node:crypto'
import type { Page } from 'puppeteer'
import { FromConfirm, type InsertQuestion } from '../../extension/messages.ts'
import type { Stage } from './chromium.ts'

/** Milliseconds after which the window that asks takes a press; it takes one after 500. */
const ARMED_AFTER_MS = 700

/** More than any press is late, in milliseconds. */
const AHEAD_MS = 600_000

type Asking = {
  readonly window: Page
  /** What the window has answered until now. */
  heard(): Promise<readonly FromConfirm[]>
  close(): Promise<void>
}

type AskingOptions = {
  /** Whether every press comes to the window as if it had just appeared. */
  readonly justAppeared?: boolean
}

declare global {
  interface Window {
    heard?: unknown[]
  }
}

const askIn = (channelName: string, question: InsertQuestion): void => {
  const heard: unknown[] = []
  window.heard = heard
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', ({ data }) => {
    heard.push(data)
    if (data === 'ready') channel.postMessage(question)
  })
}

const setAhead = (ms: number): void => {
  const now = performance.now.bind(performance)
  performance.now = () => now() + ms
}

/** The window in which Insert asks where a browser cannot tell what covers the panel: Chromium can, so a page asks in the panel's place. */
export const openAsking = async (
  { browser, extensionId, openExtensionPage }: Stage,
  question: InsertQuestion,
  { justAppeared = false }: AskingOptions = {},
): Promise<Asking> => {
  const id = randomUUID()
  const panel = await openExtensionPage('popup.html')
  await panel.evaluate(askIn, `insert-question ${id}`, question)
  const window = await browser.newPage()
  await window.setViewport({ width: 440, height: 520 })
  if (justAppeared) await window.evaluateOnNewDocument(setAhead, AHEAD_MS)
  await window.goto(`chrome-extension://${extensionId}/confirm.html#${id}`)
  await window.waitForSelector('main')
  return {
    window,
    heard: async () => FromConfirm.array().parse(await panel.evaluate(() => globalThis.window.heard)),
    close: async () => {
      if (!window.isClosed()) await window.close()
      await panel.close()
    },
  }
}

/** Until the window that asks takes presses. */
export const armed = (asking: Page): Promise<void> =>
  asking.evaluate((ms) => new Promise<void>((done) => setTimeout(done, ms)), ARMED_AFTER_MS)
