import type { Alert, AlertSubject } from '../../../shared/books/alerts.ts'
import type { Cap } from '../../../shared/cap.ts'
import type { Status } from '../../../shared/status.ts'

type CapSubject = Extract<AlertSubject, { kind: 'cap' }>

const isMonth = ({ cap }: CapSubject): boolean => cap.scope === 'workspace' && cap.kind === 'month'

/** The cap was raised since, and what is used is below the share again. Only the workspace's month is known here. */
const isRaisedAbove = (subject: CapSubject, cap: Cap | null): boolean =>
  cap !== null &&
  isMonth(subject) &&
  cap.limit > subject.limit &&
  (cap.settled + cap.held) * 100n < cap.limit * BigInt(subject.percent)

/** The alert that is still true at `now` (ms since epoch). A test is for those whom it was sent to, and told nowhere else. */
export const standingAlert = ({ alert, cap }: Pick<Status, 'alert' | 'cap'>, now: number): Alert | null => {
  if (alert === null || alert.subject.kind === 'test') return null
  if (alert.subject.kind !== 'cap') return alert
  const isOver = alert.subject.resetsAt <= now || isRaisedAbove(alert.subject, cap)
  return isOver ? null : alert
}

/** Where drafting is paused by the cap of the alert, that is told already, with what to do. */
export const isToldByPause = ({ ai }: Pick<Status, 'ai'>, { subject }: Alert): boolean => {
  if (ai.paused !== 'cap-reached' || subject.kind !== 'cap' || subject.percent < 100) return false
  if (ai.cap === null) return isMonth(subject)
  const { scope, id, kind } = subject.cap
  return ai.cap.scope === scope && ai.cap.id === id && ai.cap.kind === kind
}
