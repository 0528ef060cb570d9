import { browser } from 'wxt/browser'
import { type OpenOutcome, PageOpening } from '../messages.ts'
import type { PanelSessions } from './panel-sessions.ts'

const ownWindow = { width: 420, height: 680 } as const

/** What opening needs. `newNonce` gives at least 128 unguessable bits. */
export type Opening = { readonly sessions: PanelSessions; readonly newNonce: () => string }

/**
 * Opens the assistant on this tab, or brings the open one forward. Needs the activeTab grant of a gesture. Where the browser lets no
 * script in (store pages, PDFs, sandboxed pages), the assistant opens in a window of its own.
 */
export const openAssistant = async (opening: Opening, tabId: number): Promise<OpenOutcome> => {
  const nonce = opening.newNonce()
  await opening.sessions.announce(nonce, 'frame', async () => tabId)
  const result = await knock(tabId, nonce)
  if (result !== 'opened') await opening.sessions.withdraw(nonce)
  if (result === 'unscriptable') return openOwnWindow(opening)
  return 'on-page'
}

/** The nonce reaches the isolated world only, as an argument; nothing of it is in the document. */
const knock = async (tabId: number, nonce: string): Promise<PageOpening> => {
  if (!(await letScriptIn(tabId))) return 'unscriptable'
  const [answer] = await browser.scripting.executeScript({
    target: { tabId },
    func: (secret: string) => globalThis.ownkeyDoor?.open(secret),
    args: [nonce],
  })
  return PageOpening.catch('unscriptable').parse(answer?.result)
}

/** A refusal by the browser is an answer here: each browser keeps its own list of pages that take no scripts, and words it differently. */
const letScriptIn = (tabId: number): Promise<boolean> =>
  browser.scripting.executeScript({ target: { tabId }, files: ['/page.js'] }).then(
    () => true,
    () => false,
  )

/** The one that is open already comes forward. */
const openOwnWindow = async (opening: Opening): Promise<OpenOutcome> => {
  const open = await opening.sessions.windows()
  const shown = await Promise.all(open.map(bringForward))
  if (!shown.includes(true)) await createOwnWindow(opening)
  return 'own-window'
}

/** False when the person has closed it meanwhile. */
const bringForward = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    async ({ windowId }) => {
      await browser.windows.update(windowId, { focused: true })
      return true
    },
    () => false,
  )

const createOwnWindow = async ({ sessions, newNonce }: Opening): Promise<void> => {
  const nonce = newNonce()
  await sessions.announce(nonce, 'window', async () => {
    const url = browser.runtime.getURL('/assistant.html')
    const opened = await browser.windows.create({ url: `${url}#${nonce}`, type: 'popup', ...ownWindow })
    const tabId = opened?.tabs?.[0]?.id
    if (tabId === undefined) throw new Error('The browser opened no window for the assistant.')
    return tabId
  })
}
