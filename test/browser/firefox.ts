import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer'
import { z } from 'zod'
import { scratchFolder } from '../scratch-folder.ts'
import { copyExtension } from './extension.ts'
import { findFirefox } from './find.ts'

/** The extension's id, as the manifest for Firefox says it. */
const extensionId = 'ownkey@ownkey.example'

/** Milliseconds between two looks for a frame, and looks until it counts as missing: two cores may be busy with other tests. */
const LOOK_MS = 50
const LOOKS = 1_200

export type FirefoxOptions = {
  /** Changes the stage's own copy of the extension, in this folder, before it is installed. */
  readonly alter?: (extensionFolder: string) => void
}

/** A real Firefox with the built extension and a fresh profile. It speaks the words of Chromium's stage. */
export type FirefoxStage = {
  readonly browser: Browser
  /** Origin of the extension's pages, which Firefox chooses for each installation. */
  readonly origin: string
  /** A new tab. */
  open(address: string): Promise<Page>
  openExtensionPage(path: string): Promise<Page>
  openOptions(route?: string): Promise<Page>
  /** Presses Alt+Shift+D in the browser's own window: the browser itself grants activeTab and tells the extension. */
  pressShortcut(on: Page): Promise<void>
  /** The assistant's frame in a page, once its document is there. */
  panel(page: Page): Promise<Frame>
  /** A page of the extension in a window that the extension itself has opened. */
  ownWindow(path: string): Promise<Page>
  close(): Promise<void>
}

/** Both are this machine. Pages of the first count as sent by https, as a help desk's are. */
const secureHost = 'desk.test'
const openHost = 'open.test'

const preferences = (uuid: string) => ({
  'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: uuid }),
  'network.dns.localDomains': `${secureHost},${openHost}`,
  'dom.securecontext.allowlist': secureHost,
})

const launch = async (uuid: string): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: await findFirefox(),
    headless: true,
    defaultViewport: { width: 1280, height: 900 },
    /** Without it the driver opens no page of an extension and presses no key in the browser's own window. */
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: preferences(uuid),
  })

/** A busy machine can let a Firefox end before its first answer, so a second one is tried. */
const launchedOf = (uuid: string): Promise<Browser> => launch(uuid).catch(() => launch(uuid))

/** The driver's connection, which speaks commands that no method of it covers. It is there, but in no type of it. */
type Connection = { send(method: string, params: unknown): Promise<unknown> }

const isConnection = (value: unknown): value is Connection =>
  typeof value === 'object' && value !== null && 'send' in value && typeof value.send === 'function'

const connectionOf = (browser: Browser): Connection => {
  const connection: unknown = Reflect.get(browser, 'connection')
  if (!isConnection(connection)) throw new Error('This driver shows no connection to Firefox')
  return connection
}

const Tree = z.object({
  result: z.object({ contexts: z.tuple([z.object({ context: z.string() })], z.unknown()) }),
})
const Called = z.object({ result: z.object({ type: z.enum(['success', 'exception']) }) })

/** Runs a function in the browser's first window, where a person's keys arrive first. */
const inBrowserWindow = async (browser: Browser, functionDeclaration: string): Promise<void> => {
  const connection = connectionOf(browser)
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const [{ context }] = Tree.parse(tree).result.contexts
  const call = { functionDeclaration, awaitPromise: true, target: { context } }
  const called = Called.parse(await connection.send('script.callFunction', call))
  if (called.result.type !== 'success') throw new Error('Firefox’s window did not do what it was told')
}

type Key = { readonly key: string; readonly code: string; readonly keyCode: number }

const shortcut: readonly Key[] = [
  { key: 'Alt', code: 'AltLeft', keyCode: 18 },
  { key: 'Shift', code: 'ShiftLeft', keyCode: 16 },
  { key: 'D', code: 'KeyD', keyCode: 68 },
]

/** All keys go down in their order and up in the opposite one, as the system's own input would bring them. */
const pressing = (keys: readonly Key[]): string => `() => {
  const input = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor)
  input.beginInputTransactionForTests(window)
  const keys = ${JSON.stringify(keys)}.map((key) => new KeyboardEvent('', { ...key, bubbles: true }))
  for (const key of keys) input.keydown(key)
  for (const key of keys.reverse()) input.keyup(key)
}`

const addressOf = (surface: Page | Frame): Promise<string> =>
  surface.evaluate(() => location.href).catch(() => '')

/** The driver says “about:blank” of the extension's frames and windows, so each is asked itself. One that goes away is none. */
const lookFor = async <Surface extends Page | Frame>(
  candidates: () => Promise<readonly Surface[]>,
  address: string,
): Promise<Surface> => {
  for (let look = 0; look < LOOKS; look += 1) {
    for (const surface of await candidates())
      if ((await addressOf(surface)).startsWith(address)) return surface
    await pause(LOOK_MS)
  }
  throw new Error(`Nothing shows ${address}`)
}

/** Opens the stage: the extension as it is in the work tree now, in a browser that no other test sees. */
export const openFirefox = async (options: FirefoxOptions = {}): Promise<FirefoxStage> => {
  const { path: folder, remove: forget } = scratchFolder('firefox')
  try {
    const extension = join(folder, 'extension')
    await copyExtension(extension, 'firefox')
    options.alter?.(extension)
    const uuid = randomUUID()
    const browser = await launchedOf(uuid)
    await browser.installExtension(extension)
    return stageOf(browser, `moz-extension://${uuid}`, forget)
  } catch (error) {
    forget()
    throw error
  }
}

const stageOf = (browser: Browser, origin: string, forget: () => void): FirefoxStage => {
  const open = async (address: string): Promise<Page> => {
    const page = await browser.newPage()
    await page.goto(address)
    return page
  }
  /** The driver never hears that a page of an extension has loaded, so the page is asked; it may have taken its fragment away. */
  const openExtensionPage = async (path: string): Promise<Page> => {
    const page = await browser.newPage()
    const address = `${origin}/${path}`
    await page.goto(address, { waitUntil: [] })
    return lookFor(async () => [page], address.replace(/#.*/, ''))
  }
  return {
    browser,
    origin,
    open,
    openExtensionPage,
    openOptions: (route = '') => openExtensionPage(`options.html${route === '' ? '' : `#${route}`}`),
    pressShortcut: async (on) => {
      await on.bringToFront()
      await inBrowserWindow(browser, pressing(shortcut))
    },
    panel: (page) => lookFor(async () => page.frames().slice(1), `${origin}/assistant.html`),
    ownWindow: (path) => lookFor(() => browser.pages(), `${origin}/${path}`),
    close: async () => {
      await browser.close()
      forget()
    },
  }
}
