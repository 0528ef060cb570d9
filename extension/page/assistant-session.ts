import type { Handover, InsertOutcome, ToPage, ToPanel } from '../messages.ts'
import { rectangleOf } from './box.ts'
import { boxMemory } from './box-memory.ts'
import { capture } from './capture/capture.ts'
import { toPage } from './commands.ts'
import { type AssistantFrame, showFrame } from './frame.ts'
import { insertInto } from './insert/insertion.ts'
import { placeOf } from './place.ts'

/** The assistant on this page, from the gesture that opened it until it leaves without a trace. */
export type AssistantSession = {
  /** A second gesture: the panel comes forward and, if it has read the page before, reads it again. */
  readonly again: () => void
  readonly leave: () => void
}

/** `ended` is called once, whoever ends it: the person, the page, or a navigation. */
export const beginSession = (address: string, nonce: string, ended: () => void): AssistantSession => {
  const leaving = new AbortController()
  const { signal } = leaving
  const boxes = boxMemory(signal)
  const { port1: port, port2: panelPort } = new MessageChannel()
  const leave = () => leaving.abort()
  const box = boxes.current()
  const frame = showFrame({
    address,
    beside: box && rectangleOf(box.element),
    signal,
    onTampered: leave,
    onReady: (target) => {
      handOver(target, address, nonce, panelPort)
      frame.focus()
    },
  })
  const conversation = converse({ port, frame, boxes, leave, signal })
  window.addEventListener('pagehide', leave, { signal })
  port.addEventListener('close', leave, { signal })
  signal.addEventListener('abort', () => {
    port.close()
    ended()
  })
  return { again: () => conversation.again(), leave }
}

/** Only a document of the extension's own origin can receive it, whatever the page has put into the frame meanwhile. */
const handOver = (target: Window, address: string, nonce: string, port: MessagePort): void => {
  const handover: Handover = { type: 'ownkey-handover', nonce }
  target.postMessage(handover, new URL(address).origin, [port])
}

type Talk = {
  readonly port: MessagePort
  readonly frame: AssistantFrame
  readonly boxes: ReturnType<typeof boxMemory>
  readonly leave: () => void
  readonly signal: AbortSignal
}

const placeCheckMs = 1_000

const converse = ({ port, frame, boxes, leave, signal }: Talk) => {
  let told: string | undefined
  let inserted: { readonly box: Element; readonly text: string } | undefined

  const send = (message: ToPanel) => port.postMessage(message)
  const read = () => {
    const captured = capture(boxes.current())
    told = captured.place
    send({ type: 'captured', capture: captured })
  }
  const watchPlace = () => {
    if (told === undefined || placeOf(document) === told) return
    told = placeOf(document)
    send({ type: 'place-changed', place: told })
  }
  const insert = async (request: Extract<ToPage, { type: 'insert' }>): Promise<InsertOutcome> => {
    const box = boxes.forInsert(request.anywhere)
    if (box === 'gone') return 'moved'
    if (!request.anywhere && placeOf(document) !== request.place) return 'moved'
    if (box === undefined) return 'no-box'
    const before = inserted?.box === box.element ? inserted.text : undefined
    const outcome = await insertInto(box, request.text, boxes.caret(), before)
    if (outcome === 'inserted') inserted = { box: box.element, text: request.text }
    return outcome
  }
  const close = () => {
    boxes.returnFocus()
    leave()
  }
  const obey = async (message: ToPage): Promise<void> => {
    switch (message.type) {
      case 'capture':
        return read()
      case 'insert':
        return send({ type: 'inserted', request: message.request, outcome: await insert(message) })
      case 'focus-box':
        return boxes.returnFocus()
      case 'move':
        return frame.move(message.dx, message.dy)
      case 'close':
        return close()
    }
  }
  port.addEventListener(
    'message',
    async (event: MessageEvent<unknown>) => {
      const message = toPage(event.data)
      if (message !== undefined) await obey(message)
    },
    { signal },
  )
  port.start()
  const clock = setInterval(watchPlace, placeCheckMs)
  signal.addEventListener('abort', () => clearInterval(clock))
  const again = () => {
    boxes.lookAgain()
    frame.focus()
    if (told !== undefined) read()
  }
  return { again }
}
