import { keepBadge } from './badge.ts'
import { watchBooksRegularly } from './books.ts'
import { forgetRegularly } from './forgetting.ts'
import { listenToGestures } from './gestures.ts'
import { listenToSurfaces } from './messages-in.ts'
import type { Opening } from './open-assistant.ts'
import { type TellingParts, tellRegularly } from './outcomes.ts'
import { panelSessions } from './panel-sessions.ts'
import { watchStatusRegularly } from './status.ts'

/** Hooks up every listener, at once and synchronously: a worker that was woken by an event must already listen to it. */
export const startBackground = (parts: TellingParts & { newNonce: () => string }): void => {
  const opening: Opening = { sessions: panelSessions(parts.now), newNonce: parts.newNonce }
  listenToGestures(opening)
  listenToSurfaces(opening, parts)
  keepBadge()
  forgetRegularly(parts.now)
  tellRegularly(parts)
  watchBooksRegularly(parts)
  watchStatusRegularly(parts)
}
