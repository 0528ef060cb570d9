import { dockBeside, type Spot, within } from './dock.ts'

/** The assistant's frame as the page script sees it. All of it is undone when `signal` aborts. */
export type AssistantFrame = {
  readonly host: HTMLElement
  readonly focus: () => void
  readonly move: (dx: number, dy: number) => void
}

export type FrameOptions = {
  readonly address: string
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
  for (const host of document.querySelectorAll(`:root > [${marker}]`)) host.remove()
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
  document.documentElement.append(host)
  guard(host, options)
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

const guard = (host: HTMLElement, { onTampered, signal }: FrameOptions): void => {
  const watch = new MutationObserver((changes) => {
    if (changes.some((change) => change.target === host || [...change.removedNodes].includes(host)))
      onTampered()
    if (!host.isConnected) onTampered()
  })
  watch.observe(document, { childList: true })
  watch.observe(document.documentElement, { childList: true })
  watch.observe(host, { attributes: true })
  signal.addEventListener('abort', () => watch.disconnect())
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
