import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type Browser, type Extension, type Frame, type Page, type WebWorker } from 'puppeteer'
import { scratchFolder } from '../scratch-folder.ts'
import { copyExtension, root } from './extension.ts'
import { findChromium } from './find.ts'

/** Milliseconds that a page, frame or worker may take to appear: two cores may be busy with other tests. */
const APPEARANCE_TIMEOUT_MS = 60_000

const networkSilence = [
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-gpu',
  '--no-default-browser-check',
]

/** Every `*.test` host is this machine, so that a page has another origin than the vault and no permission by accident. */
const testHosts = '--host-resolver-rules=MAP *.test 127.0.0.1'

type Look = { readonly dark?: boolean; readonly width?: number; readonly height?: number }

export type StageOptions = {
  readonly headed?: boolean
  /** Path of a browser; looked for when left out. */
  readonly chromium?: string
  /** Folder for pictures; without it `screenshot` takes them into `screenshots/` of the work tree, which git ignores. */
  readonly pictures?: string
  readonly args?: readonly string[]
  /** Changes the stage's own copy of the extension, in this folder, before it is installed. */
  readonly alter?: (extensionFolder: string) => void
}

/** A real Chromium with the built extension and a fresh profile. Close it, or its processes and folders stay. */
export type Stage = {
  readonly browser: Browser
  readonly extensionId: string
  /** The browser's own folder: everything that it writes down. */
  readonly profile: string
  /** The extension's service worker. Holding it keeps it alive, so a test of its death must not ask for it. */
  worker(): Promise<WebWorker>
  /** A new tab. */
  open(address: string): Promise<Page>
  /** An extension page in a tab of its own, for example `options.html#/receipts`. */
  openExtensionPage(path: string): Promise<Page>
  openOptions(route?: string): Promise<Page>
  /** Clicks the extension's button over a page: the real popup, and activeTab for that page. */
  openPopup(over: Page): Promise<Page>
  /** Gives activeTab by the extension's button, closes the popup, and runs the listeners of the shortcut. */
  pressShortcut(on: Page): Promise<void>
  /** Like `pressShortcut`, by the context menu. */
  chooseMenu(on: Page, info?: Readonly<Record<string, unknown>>): Promise<void>
  /** The assistant's frame in a page, once its document is there. */
  panel(page: Page): Promise<Frame>
  /** The assistant in a window of its own. */
  panelWindow(): Promise<Page>
  /** Writes a picture of a page, or of the element behind a frame, and gives its path. */
  screenshot(subject: Page | Frame, name: string, look?: Look): Promise<string>
  close(): Promise<void>
}

const launch = async (
  folder: string,
  { headed = false, chromium, args = [] }: StageOptions,
): Promise<Browser> => {
  const isRoot = process.getuid?.() === 0
  return puppeteer.launch({
    executablePath: chromium ?? (await findChromium()),
    pipe: true,
    enableExtensions: true,
    headless: !headed,
    userDataDir: join(folder, 'profile'),
    defaultViewport: headed ? null : { width: 1280, height: 900 },
    args: [...networkSilence, testHosts, ...(isRoot ? ['--no-sandbox'] : []), ...args],
  })
}

const look = async (page: Page, { dark, width, height }: Look): Promise<void> => {
  if (dark !== undefined)
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
  const viewport = page.viewport()
  if (width === undefined && height === undefined) return
  await page.setViewport({
    width: width ?? viewport?.width ?? 1280,
    height: height ?? viewport?.height ?? 900,
  })
}

/** Waits until two frames have been drawn, so that a picture shows the state that was just set. */
const drawn = (page: Page | Frame): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

const isPage = (subject: Page | Frame): subject is Page => 'browser' in subject

const picture =
  (folder: string) =>
  async (subject: Page | Frame, name: string, appearance: Look = {}): Promise<string> => {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${name}.png`) as `${string}.png`
    const page = isPage(subject) ? subject : subject.page()
    await look(page, appearance)
    await drawn(subject)
    const element = isPage(subject) ? null : await subject.frameElement()
    if (element === null) await page.screenshot({ path, fullPage: true, captureBeyondViewport: true })
    else await element.screenshot({ path })
    return path
  }

type Listeners = { dispatch(...args: unknown[]): void }

type Tab = { readonly url?: string }

/** What is used of the worker's global in `evaluate`. The events' `dispatch` is Chromium's own and in no type package. */
declare const chrome: {
  readonly tabs: { query(filter: { active: boolean; lastFocusedWindow?: boolean }): Promise<Tab[]> }
  readonly commands: { readonly onCommand: Listeners }
  readonly contextMenus: { readonly onClicked: Listeners }
}

/**
 * Runs the listeners of a gesture with the tab that a person would be on. The grant shows its address; which window is the last
 * focused one is not always known in the moment after another was closed, so it decides only where there is no address to see.
 */
const dispatchGesture = async (
  gesture: { readonly shortcut: string } | { readonly menu: Readonly<Record<string, unknown>> },
  address: string,
): Promise<void> => {
  const shown = (await chrome.tabs.query({ active: true })).find(({ url }) => url === address)
  const tab = shown ?? (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0]
  if ('shortcut' in gesture) chrome.commands.onCommand.dispatch(gesture.shortcut, tab)
  else chrome.contextMenus.onClicked.dispatch(gesture.menu, tab)
}

const openPopup = async (browser: Browser, extension: Extension, over: Page): Promise<Page> => {
  const address = `chrome-extension://${extension.id}/popup.html`
  await over.bringToFront()
  const before = new Set(browser.targets())
  await over.triggerExtensionAction(extension)
  const target = await browser.waitForTarget((one) => !before.has(one) && one.url().startsWith(address), {
    timeout: APPEARANCE_TIMEOUT_MS,
  })
  return target.asPage()
}

/** Closes a popup as a person does by clicking beside it; one that closed itself is fine. */
const closePopup = async (popup: Page): Promise<void> => {
  if (popup.isClosed()) return
  await popup.close()
}

/** Opens the stage: the extension as it is in the work tree now, in a browser that no other test sees. */
export const openStage = async (options: StageOptions = {}): Promise<Stage> => {
  const { path: folder, remove: forget } = scratchFolder('stage')
  try {
    await copyExtension(join(folder, 'extension'))
    options.alter?.(join(folder, 'extension'))
    const browser = await launch(folder, options)
    const extensionId = await browser.installExtension(join(folder, 'extension'))
    const extension = (await browser.extensions()).get(extensionId)
    if (extension === undefined) throw new Error('Chromium did not install the extension')
    return stageOf(browser, extension, options, { profile: join(folder, 'profile'), forget })
  } catch (error) {
    forget()
    throw error
  }
}

const stageOf = (
  browser: Browser,
  extension: Extension,
  options: StageOptions,
  { profile, forget }: { readonly profile: string; readonly forget: () => void },
): Stage => {
  const origin = `chrome-extension://${extension.id}`
  const timeout = APPEARANCE_TIMEOUT_MS
  const open = async (address: string): Promise<Page> => {
    const page = await browser.newPage()
    await page.goto(address, { timeout })
    return page
  }
  const worker = async (): Promise<WebWorker> => {
    const isWorker = (url: string, type: string): boolean =>
      type === 'service_worker' && url.startsWith(origin)
    const target = await browser.waitForTarget((one) => isWorker(one.url(), one.type()), { timeout })
    const found = await target.worker()
    if (found === null) throw new Error('The service worker ended while it was being asked for')
    return found
  }
  const grant = async (page: Page): Promise<WebWorker> => {
    const background = await worker()
    await closePopup(await openPopup(browser, extension, page))
    await page.bringToFront()
    return background
  }
  const openExtensionPage = (path: string): Promise<Page> => open(`${origin}/${path}`)
  return {
    browser,
    extensionId: extension.id,
    profile,
    worker,
    open,
    openExtensionPage,
    openOptions: (route = '') => openExtensionPage(`options.html${route === '' ? '' : `#${route}`}`),
    openPopup: (over) => openPopup(browser, extension, over),
    pressShortcut: async (on) => {
      await (await grant(on)).evaluate(dispatchGesture, { shortcut: 'draft' }, on.url())
    },
    chooseMenu: async (on, info = { menuItemId: 'draft', editable: true }) => {
      await (await grant(on)).evaluate(dispatchGesture, { menu: info }, on.url())
    },
    panel: (page) =>
      page.waitForFrame((frame) => frame.url().startsWith(`${origin}/assistant.html`), { timeout }),
    panelWindow: async () => {
      const isPanel = (url: string, type: string): boolean =>
        type === 'page' && url.startsWith(`${origin}/assistant.html`)
      return (await browser.waitForTarget((one) => isPanel(one.url(), one.type()), { timeout })).asPage()
    },
    screenshot: picture(options.pictures ?? join(root, 'screenshots')),
    close: async () => {
      await browser.close()
      forget()
    },
  }
}
