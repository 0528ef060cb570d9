import type { ToPanel } from '../messages.ts'
import type { BoxMemory } from './box-memory.ts'
import { capture } from './capture/capture.ts'
import { placeOf } from './place.ts'

/** Single-page sites change tickets without telling anybody; the address and heading are compared this often. */
const placeCheckMs = 1_000

/** Reads the page when the panel asks, never before, and tells when the page shows another place than the one that was read. */
export const reader = (boxes: BoxMemory, send: (message: ToPanel) => void, signal: AbortSignal) => {
  let told: string | undefined

  const read = () => {
    const captured = capture(boxes.current())
    told = captured.place
    send({ type: 'captured', capture: captured })
  }
  const watch = () => {
    if (told === undefined || placeOf(document) === told) return
    told = placeOf(document)
    send({ type: 'place-changed', place: told })
  }
  const clock = setInterval(watch, placeCheckMs)
  signal.addEventListener('abort', () => clearInterval(clock))
  return {
    read,
    readAgain: () => {
      if (told !== undefined) read()
    },
  }
}
