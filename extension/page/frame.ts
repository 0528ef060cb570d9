import { dockBeside, type Spot, within } from './dock.ts'
import { withAncestors } from './flat-tree.ts'

/** The assistant's frame as the page script sees it. All of it is undone when `signal` aborts. */
export type AssistantFrame = {
  readonly host: HTMLElement
  readonly focus: () => void
  readonly move: (dx: number, dy: number) => void
}

type FrameOptions = {
  readonly address: string
  /** The box that the panel serves: when it is in a modal dialog, everything outside of that dialog is dead. */
  readonly box: Element | undefined
  readonly beside: DOMRect | undefined
  readonly signal: AbortSignal
  /** The frame has loaded; called once. */
  readonly onReady: (target: Window) => void
  /** The page took the frame away, moved it, changed its host, or it was loaded anew: it cannot be trusted any more. */
  readonly onTampered: () => void
}

const marker = 'data-ownkey'

/** Ends the panels that an older copy of this script left behind; it notices that its host is gone. */
export const removeOldHosts = (): void => {
  for (const host of document.querySelectorAll(`[${marker}]`)) host.remove()
}

/** Shows the extension's page in a closed shadow root at the end of the document, where the page can see that it is there, and nothing else. */
export const showFrame = (options: FrameOptions): AssistantFrame => {
  const host = document.createElement('div')
  host.setAttribute(marker, '')
  style(host, hostStyle)
  const frame = document.createElement('iframe')
  const root = host.attachShadow({ mode: 'closed' })
  const place = placement(frame, options)
  frame.src = options.address
  frame.title = 'Ownkey'
  frame.allow = 'clipboard-write'
  root.append(frame)
  handOverOnce(frame, options)
  const home = homeFor(options.box)
  home.append(host)
  guard(host, home, options)
  keepFocus(host, options.signal)
  options.signal.addEventListener('abort', () => host.remove())
  return { host, focus: () => frame.focus({ preventScroll: true }), move: place.move }
}

const handOverOnce = (frame: HTMLIFrameElement, { onReady, onTampered, signal }: FrameOptions): void => {
  let loaded = false
  const listen = () => {
    if (loaded || frame.contentWindow === null) return onTampered()
    loaded = true
    onReady(frame.contentWindow)
  }
  frame.addEventListener('load', listen, { signal })
}

const homeFor = (box: Element | undefined): Element => {
  const dialog =
    box === undefined ? undefined : withAncestors(box).find((each) => each.matches('dialog:modal'))
  return dialog?.ownerDocument === document ? dialog : document.documentElement
}

const guard = (host: HTMLElement, home: Element, { onTampered, signal }: FrameOptions): void => {
  const watch = new MutationObserver((changes) => {
    const touched = changes.some(
      ({ target, removedNodes }) => target === host || [...removedNodes].includes(host),
    )
    if (touched || host.parentNode !== home || !host.isConnected) onTampered()
  })
  watch.observe(document, { childList: true, subtree: home !== document.documentElement })
  watch.observe(home, { childList: true })
  watch.observe(host, { attributes: true })
  signal.addEventListener('abort', () => watch.disconnect())
}

const dialogs = 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]'

/**
 * Dialogs made by scripts fetch the focus back from everything outside of them, and our frame is not theirs to judge. Elsewhere a page
 * may rely on hearing that its box lost the focus.
 */
const keepFocus = (host: HTMLElement, signal: AbortSignal): void => {
  const hush = (event: FocusEvent) => event.stopImmediatePropagation()
  const hushArrival = (event: FocusEvent) => {
    if (event.target === host) hush(event)
  }
  const hushLeaving = (event: FocusEvent) => {
    const { target, relatedTarget } = event
    if (relatedTarget === host && target instanceof Element && target.closest(dialogs) !== null) hush(event)
  }
  window.addEventListener('focusin', hushArrival, { signal, capture: true })
  window.addEventListener('focusout', hushLeaving, { signal, capture: true })
}

/** The frame keeps where it was wished to be, so that a window that was small for a while does not leave it small. */
const placement = (frame: HTMLIFrameElement, { beside, signal }: FrameOptions) => {
  let wished = dockBeside(beside, viewport())
  const put = () => style(frame, { ...frameStyle, ...inPixels(within(wished, viewport())) })
  const move = (dx: number, dy: number) => {
    const { left, top } = within(wished, viewport())
    wished = { ...wished, left: left + dx, top: top + dy }
    put()
  }
  put()
  window.addEventListener('resize', put, { signal })
  return { move }
}

const viewport = () => ({ width: window.innerWidth, height: window.innerHeight })

const inPixels = ({ left, top, width, height }: Spot) => ({
  left: `${left}px`,
  top: `${top}px`,
  width: `${width}px`,
  height: `${height}px`,
})

const hostStyle = { all: 'initial', position: 'fixed', inset: '0 auto auto 0', 'z-index': '2147483647' }

const frameStyle = {
  all: 'initial',
  position: 'fixed',
  border: '0',
  'border-radius': '12px',
  'box-shadow': '0 8px 32px rgb(0 0 0 / 24%), 0 0 1px rgb(0 0 0 / 40%)',
  'color-scheme': 'light dark',
}

/** By property, since a strict page forbids style attributes and elements; important, since a page's own rules could hide us otherwise. */
const style = (element: HTMLElement, rules: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, 'important')
}
