import type { Handover, ToPage, ToPanel } from '../messages.ts'
import { rectangleOf } from './box.ts'
import { type BoxMemory, boxMemory } from './box-memory.ts'
import { toPage } from './commands.ts'
import { type AssistantFrame, showFrame } from './frame.ts'
import { inserter } from './insert/inserter.ts'
import { reader } from './reader.ts'

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
    box: box?.element,
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
  readonly boxes: BoxMemory
  readonly leave: () => void
  readonly signal: AbortSignal
}

const converse = ({ port, frame, boxes, leave, signal }: Talk) => {
  const send = (message: ToPanel) => port.postMessage(message)
  const page = reader(boxes, send, signal)
  const insert = inserter(boxes)
  const close = () => {
    boxes.returnFocus()
    leave()
  }
  const obey = async (message: ToPage): Promise<void> => {
    switch (message.type) {
      case 'capture':
        return page.read()
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
  const listen = async (event: MessageEvent<unknown>) => {
    const message = toPage(event.data)
    if (message !== undefined) await obey(message)
  }
  port.addEventListener('message', listen, { signal })
  port.start()
  const again = () => {
    boxes.lookAgain()
    frame.focus()
    page.readAgain()
  }
  return { again }
}
