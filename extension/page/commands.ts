import type { ToPage } from '../messages.ts'

/** What the panel asks of the page, or undefined if it is none of that. By hand, since a schema library is too heavy for a page. */
export const toPage = (received: unknown): ToPage | undefined => {
  if (typeof received !== 'object' || received === null || !('type' in received)) return undefined
  switch (received.type) {
    case 'capture':
    case 'focus-box':
    case 'close':
      return { type: received.type }
    case 'insert':
      return insertOf(received)
    case 'move':
      return moveOf(received)
    default:
      return undefined
  }
}

const insertOf = (received: object): ToPage | undefined => {
  if (!('request' in received && 'text' in received && 'place' in received && 'anywhere' in received)) {
    return undefined
  }
  const { request, text, place, anywhere } = received
  if (typeof request !== 'number' || typeof anywhere !== 'boolean') return undefined
  if (typeof text !== 'string' || typeof place !== 'string') return undefined
  return { type: 'insert', request, text, place, anywhere }
}

const moveOf = (received: object): ToPage | undefined => {
  if (!('dx' in received && 'dy' in received && 'done' in received)) return undefined
  const { dx, dy, done } = received
  if (!Number.isFinite(dx) || !Number.isFinite(dy)) return undefined
  if (typeof dx !== 'number' || typeof dy !== 'number' || typeof done !== 'boolean') return undefined
  return { type: 'move', dx, dy, done }
}
