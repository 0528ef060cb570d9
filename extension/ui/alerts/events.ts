import type { AlertSubject } from '../../../shared/books/alerts.ts'
import type { ForeignUse } from '../../../shared/spend.ts'

/** Percent of the workspace's month from which the toolbar tells how full it is; the same step as the second of a new workspace's alerts. */
export const NEAR_CAP_PERCENT = 75

/** That the workspace's month which ends then is nearly used up. */
export const nearCapEvent = (endsAt: number): string => `near-cap ${endsAt}`

/** That a key was used outside Ownkey on a day, with a model. */
export const foreignEvent = ({
  provider,
  keyLabel,
  model,
  day,
}: Pick<ForeignUse, 'provider' | 'keyLabel' | 'model' | 'day'>): string =>
  `foreign-use ${day} ${provider} ${model} ${keyLabel}`

/** What is told elsewhere of the very event of an alert, so that it is put away together with it. */
export const eventsOf = (subject: AlertSubject): readonly string[] => {
  if (subject.kind === 'foreign-use') return [foreignEvent(subject)]
  if (subject.kind !== 'cap' || subject.percent < NEAR_CAP_PERCENT) return []
  const { scope, kind } = subject.cap
  return scope === 'workspace' && kind === 'month' ? [nearCapEvent(subject.resetsAt)] : []
}
