import type { Alert } from '../../../shared/books/alerts.ts'
import type { Status } from '../../../shared/status.ts'
import type { Local } from '../../local/database.ts'
import { dismiss, isDismissed } from '../../local/dismissed.ts'
import { stored } from '../../vault/storage.ts'
import { type Reading, useReading } from '../reading.ts'
import { eventsOf } from './events.ts'
import { standingAlert } from './standing.ts'

/** What this browser's person was told of already. */
export type Notices = {
  /** Ms since epoch. */
  readonly now: () => number
  /** Whether it was put away: an alert by its id, or an event. */
  readonly isDismissed: (id: string) => Promise<boolean>
  /** Puts an alert away in this browser for good, with all that tells of the same event, and from the toolbar's badge. */
  readonly dismiss: (alert: Alert) => Promise<void>
}

/** `redraw` asks for the toolbar's badge; what is not drawn now is drawn by the background's next look. */
export const noticesOf = (local: Local, now: () => number, redraw: () => Promise<unknown>): Notices => ({
  now,
  isDismissed: (id) => stored(() => isDismissed(local, id)),
  dismiss: async ({ id, subject }) => {
    await stored(() => dismiss(local, [id, ...eventsOf(subject)], now()))
    await redraw().catch(() => undefined)
  },
})

const NOTHING: Reading<null> = { state: 'ready', value: null }

/** The alert that this person is to be told of; null where there is none, or where it was put away. */
export const useNotice = (notices: Notices, status: Status | undefined): Reading<Alert | null> => {
  const alert = status === undefined ? null : standingAlert(status, notices.now())
  const id = alert?.id ?? ''
  const read = useReading(['dismissed', id], () => notices.isDismissed(id), alert !== null)
  if (alert === null) return NOTHING
  return read.state === 'ready' ? { state: 'ready', value: read.value ? null : alert } : read
}
