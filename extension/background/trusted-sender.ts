import type { Browser } from 'wxt/browser'
import type { ToBackground } from '../messages.ts'

/**
 * Who speaks. Only these four are known; a page script, a page, another extension and an unknown extension page are nobody.
 * `panel` says nothing yet about its session: every site can frame assistant.html.
 */
export type Speaker = 'popup' | 'options' | 'pairing' | 'panel' | 'nobody'

const surfaces: Readonly<Record<string, Speaker>> = {
  '/popup.html': 'popup',
  '/options.html': 'options',
  '/pair.html': 'pairing',
  '/assistant.html': 'panel',
}

/** Who may say what. What is not here is refused. */
const mayAsk: Readonly<Record<ToBackground['type'], readonly Speaker[]>> = {
  'open-assistant': ['popup'],
  'claim-session': ['panel'],
  'refresh-badge': ['popup', 'options', 'pairing', 'panel'],
  'tell-outcomes': ['panel'],
}

/** The extension, as the browser tells it: its id and the origin of its pages. */
export type Self = { readonly id: string; readonly origin: string }

/** Judged by what the browser says about the sender, never by what the message says. */
export const speakerOf = (sender: Browser.runtime.MessageSender, self: Self): Speaker => {
  if (sender.id !== self.id || sender.url === undefined || !URL.canParse(sender.url)) return 'nobody'
  const address = new URL(sender.url)
  if (address.origin !== self.origin) return 'nobody'
  const speaker = surfaces[address.pathname] ?? 'nobody'
  const framed = (sender.frameId ?? 0) !== 0
  return framed && speaker !== 'panel' ? 'nobody' : speaker
}

/** Whether this speaker may ask this. */
export const isAllowed = (type: ToBackground['type'], speaker: Speaker): boolean =>
  mayAsk[type].includes(speaker)
