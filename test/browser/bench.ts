import { once } from 'node:events'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Frame, Page } from 'puppeteer'
import {
  type Capture,
  ClaimOutcome,
  InsertOutcome,
  type ToBackground,
  type ToPage,
  ToPanel,
} from '../../extension/messages.ts'
import { openStage, type Stage } from './chromium.ts'
import { type FirefoxStage, openFirefox } from './firefox.ts'

const folders = [join(import.meta.dirname, 'pages'), join(import.meta.dirname, '../pages')]
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
}

/** Pages made up by a test, by path; beside them the files of `pages/` are served. */
export type Pages = Readonly<
  Record<string, { readonly body: string; readonly headers?: Readonly<Record<string, string>> }>
>

/** What a bench needs of a browser's stage. */
type Ground = Pick<Stage, 'browser' | 'open' | 'pressShortcut' | 'close'>

/** The extension with a plain page in place of its panel, which passes on what a test says and shows what the page script answers. */
export type Bench<Chosen extends Ground = Stage> = {
  readonly stage: Chosen
  address(path: string, host?: string): string
  /** Opens a page and lets it settle. */
  visit(path: string, host?: string): Promise<Page>
  /** The gesture, and the panel that it opened, with its session confirmed. */
  gesture(page: Page): Promise<Talk>
  /** The panel of this page that has a session, among all that the page may have framed. */
  talk(page: Page): Promise<Talk>
  /** Loads the extension anew in place of itself, as an update does: what runs in pages is cut off from it. */
  update(): Promise<void>
  close(): Promise<void>
}

/** A panel's talk with the page script. */
export type Talk = {
  readonly frame: Frame
  say(message: ToPage): Promise<void>
  /** The next message of this type. */
  hear<Type extends ToPanel['type']>(type: Type): Promise<Extract<ToPanel, { type: Type }>>
  capture(): Promise<Capture>
  insert(text: string, capture: Capture, anywhere?: boolean): Promise<InsertOutcome>
  nonce(): Promise<string>
}

declare global {
  interface Window {
    bench?: { confirmed?: boolean; received: { type: string }[]; port?: MessagePort; nonce: string }
  }
}
declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } }

const found = (path: string): string | undefined =>
  folders.map((folder) => join(folder, path)).find((file) => existsSync(file))

const servePages = async (pages: Pages) => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any.test')
    const made = pages[pathname]
    const file = made === undefined ? found(pathname) : undefined
    if (made !== undefined)
      response.writeHead(200, { 'content-type': types['.html'], ...made.headers }).end(made.body)
    else if (file === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' })
        .end(readFileSync(file))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const replacePanel = (extension: string): void => {
  cpSync(join(import.meta.dirname, 'pages/bench.html'), join(extension, 'assistant.html'))
  cpSync(join(import.meta.dirname, 'pages/bench.js'), join(extension, 'bench.js'))
}

export const openBench = (pages: Pages = {}): Promise<Bench> => benchOn(openStage, pages)

/** The same in Firefox. */
export const openFirefoxBench = (pages: Pages = {}): Promise<Bench<FirefoxStage>> =>
  benchOn(openFirefox, pages)

type Opening<Chosen extends Ground> = (options: {
  readonly alter: (extension: string) => void
}) => Promise<Chosen>

const benchOn = async <Chosen extends Ground>(
  openGround: Opening<Chosen>,
  pages: Pages,
): Promise<Bench<Chosen>> => {
  const server = await servePages(pages)
  let folder = ''
  const alter = (extension: string) => {
    folder = extension
    replacePanel(extension)
  }
  const stage = await openGround({ alter })
  const { port } = server.address() as AddressInfo
  const address = (path: string, host = 'desk.test') => `http://${host}:${port}${path}`
  const talk = async (page: Page): Promise<Talk> => talkWith(await confirmedFrame(page))
  return {
    stage,
    address,
    talk,
    visit: (path, host) => stage.open(address(path, host)),
    gesture: async (page) => {
      await stage.pressShortcut(page)
      return talk(page)
    },
    update: async () => {
      await stage.browser.installExtension(folder)
    },
    close: async () => {
      await stage.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const lookMs = 50
const looks = 600

/** A frame says nothing when its session is confirmed, so it is asked again and again. */
const confirmedFrame = async (page: Page): Promise<Frame> => {
  for (let look = 0; look < looks; look += 1) {
    for (const frame of page.frames()) if (await isConfirmed(frame)) return frame
    await pause(lookMs)
  }
  throw new Error('No panel of this page got a session')
}

/** A frame that goes away while it is asked is not confirmed. */
const isConfirmed = async (frame: Frame): Promise<boolean> => {
  const ask = frame.evaluate(() => window.bench?.confirmed === true && window.bench.port !== undefined)
  return ask.catch(() => false)
}

const talkWith = (frame: Frame): Talk => {
  /** Posted a moment later: the answer to “close” is the end of the frame that is being asked here. */
  const say = (message: ToPage) =>
    frame.evaluate((it) => void setTimeout(() => window.bench?.port?.postMessage(it)), message)
  const hear = async <Type extends ToPanel['type']>(type: Type) => {
    const handle = await frame.waitForFunction(
      (wanted: string) => {
        const received = window.bench?.received ?? []
        const at = received.findIndex((each) => each.type === wanted)
        return at < 0 ? undefined : received.splice(at, 1)[0]
      },
      {},
      type,
    )
    const message = ToPanel.parse(await handle.jsonValue())
    if (message.type !== type) throw new Error(`Heard ${message.type} instead of ${type}`)
    return message as Extract<ToPanel, { type: Type }>
  }
  let request = 0
  return {
    frame,
    say,
    hear,
    capture: async () => {
      await say({ type: 'capture' })
      return (await hear('captured')).capture
    },
    insert: async (text, { place }, anywhere = false) => {
      request += 1
      await say({ type: 'insert', request, text, place, anywhere })
      return InsertOutcome.parse((await hear('inserted')).outcome)
    },
    nonce: () => frame.evaluate(() => window.bench?.nonce ?? ''),
  }
}

/** Asks the background for a session from any extension page or frame; false when it answers no, undefined when it does not answer. */
export const claim = async (from: Page | Frame, nonce: string): Promise<boolean | undefined> => {
  const message: ToBackground = { type: 'claim-session', nonce }
  const answer = await from.evaluate(
    (it) =>
      Promise.race([
        chrome.runtime.sendMessage(it).catch(() => null),
        new Promise((done) => setTimeout(done, 1_500, null)),
      ]),
    message,
  )
  return ClaimOutcome.safeParse(answer).data?.confirmed
}
