import { type Capture, type InsertOutcome, type ToPage, ToPanel } from '../../messages.ts'

/** The page behind the panel, over the port that was handed over. */
export type PageLink = {
  /** Reads the page anew; the answer comes to `onCaptured`. */
  readonly capture: () => void
  /** Resolves with what really happened in the box. */
  readonly insert: (text: string, place: string, anywhere: boolean) => Promise<InsertOutcome>
  readonly focusBox: () => void
  readonly move: (dx: number, dy: number, done: boolean) => void
  readonly close: () => void
  /** Who listens last is told; what does not parse is dropped. */
  readonly listen: (listener: PageListener) => void
}

type PageListener = {
  readonly onCaptured: (capture: Capture) => void
  readonly onPlaceChanged: (place: string) => void
}

/** Speaks `ToPage` and hears `ToPanel`. The port came from a content script that the background vouched for. */
export const linkTo = (port: MessagePort): PageLink => {
  const waiting = new Map<number, (outcome: InsertOutcome) => void>()
  let listener: PageListener | undefined
  let requests = 0
  const say = (message: ToPage): void => port.postMessage(message)

  const hear = (message: ToPanel): void => {
    if (message.type === 'captured') listener?.onCaptured(message.capture)
    if (message.type === 'place-changed') listener?.onPlaceChanged(message.place)
    if (message.type !== 'inserted') return
    waiting.get(message.request)?.(message.outcome)
    waiting.delete(message.request)
  }
  port.addEventListener('message', ({ data }) => {
    const message = ToPanel.safeParse(data)
    if (message.success) hear(message.data)
  })
  port.start()

  return {
    capture: () => say({ type: 'capture' }),
    insert: (text, place, anywhere) => {
      requests += 1
      const { promise, resolve } = Promise.withResolvers<InsertOutcome>()
      waiting.set(requests, resolve)
      say({ type: 'insert', request: requests, text, place, anywhere })
      return promise
    },
    focusBox: () => say({ type: 'focus-box' }),
    move: (dx, dy, done) => say({ type: 'move', dx, dy, done }),
    close: () => say({ type: 'close' }),
    listen: (next) => {
      listener = next
    },
  }
}
