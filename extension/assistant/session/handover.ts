import { browser } from 'wxt/browser'
import { ClaimOutcome, Handover, type ToBackground } from '../../messages.ts'
import { linkTo, type PageLink } from './page-link.ts'

/** Where the panel lives: over a page that it can read and write, or in a window of its own. */
export type Home = { readonly kind: 'page'; readonly link: PageLink } | { readonly kind: 'window' }

/** A page can shout at the frame as often as it likes; after so many wrong words the panel stays inert. */
const MAX_CLAIMS = 20

const claim = async (nonce: string): Promise<boolean> => {
  const message: ToBackground = { type: 'claim-session', nonce }
  return ClaimOutcome.catch({ confirmed: false }).parse(await browser.runtime.sendMessage(message)).confirmed
}

/**
 * Resolves once the background confirmed that a person's gesture opened this very panel. Until then, and for every page that frames
 * the panel by itself, it never resolves.
 */
export const awaitHome = (view: Window): Promise<Home> =>
  view.parent === view ? awaitWindow(view) : awaitPage(view)

const awaitWindow = async (view: Window): Promise<Home> => {
  const nonce = view.location.hash.slice(1)
  view.history.replaceState(null, '', view.location.pathname)
  const parsed = Handover.shape.nonce.safeParse(nonce)
  if (parsed.success && (await claim(parsed.data))) return { kind: 'window' }
  return new Promise<Home>(() => undefined)
}

const awaitPage = (view: Window): Promise<Home> => {
  const { promise, resolve, reject } = Promise.withResolvers<Home>()
  const listening = new AbortController()
  let claims = 0
  const listen = async ({ source, data, ports }: MessageEvent): Promise<void> => {
    const word = Handover.safeParse(data)
    const port = ports[0]
    if (source !== view.parent || !word.success || port === undefined) return
    claims += 1
    if (claims > MAX_CLAIMS) return listening.abort()
    if (!(await claim(word.data.nonce)) || listening.signal.aborted) return
    listening.abort()
    resolve({ kind: 'page', link: linkTo(port) })
  }
  view.addEventListener('message', (event) => void listen(event).catch(reject), { signal: listening.signal })
  return promise
}
