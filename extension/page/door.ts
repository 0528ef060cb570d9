import { browser } from 'wxt/browser'
import type { PageDoor } from '../messages.ts'
import { type AssistantSession, beginSession } from './assistant-session.ts'
import { removeOldHosts } from './frame.ts'

/** Documents in which a frame of ours works; a PDF or an image is shown by the browser's own viewer. */
const readableTypes = new Set(['text/html', 'application/xhtml+xml', 'text/plain'])

/** Firefox takes cryptography from every frame in a page without https, even from an extension's; the panel cannot speak to a vault there. */
const takesCryptography = (): boolean => import.meta.env.FIREFOX && !window.isSecureContext

const takesPanels = (): boolean =>
  window.origin !== 'null' && readableTypes.has(document.contentType) && !takesCryptography()

/** Hangs the door into the isolated world, once; a door of a copy that was updated away is replaced. */
export const hangDoor = (): void => {
  if (globalThis.ownkeyDoor?.alive() === true) return
  removeOldHosts()
  globalThis.ownkeyDoor = door()
}

const door = (): PageDoor => {
  let live: AssistantSession | undefined
  const begin = (nonce: string) => {
    removeOldHosts()
    live = beginSession(browser.runtime.getURL('/assistant.html'), nonce, () => {
      live = undefined
    })
  }
  return {
    alive: () => browser.runtime?.id !== undefined,
    open: (nonce) => {
      if (!takesPanels()) return 'unscriptable'
      if (live !== undefined) {
        live.again()
        return 'focused'
      }
      begin(nonce)
      return 'opened'
    },
  }
}
