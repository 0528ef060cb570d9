import type { Cap, Raised, ScopedCap } from '../../shared/cap.ts'
import type { Picodollars } from '../../shared/money.ts'
import type { Status } from '../../shared/status.ts'
import { amountInWords } from './amounts.ts'
import { momentInWords } from './moments.ts'
import type { Speech } from './words/speech.ts'

/** What a cap is called by. */
export type NamedCap = Pick<ScopedCap, 'scope' | 'name' | 'kind'>

/** Which cap it is, as the beginning of a sentence: `The daily cap for Mina Park`. */
export const capInWords = ({ t }: Speech, { scope, name, kind }: NamedCap): string => {
  if (scope === 'playground')
    return kind === 'month' ? t('cap.names.playgroundMonth') : t('cap.names.playgroundDay')
  if (name === null) return kind === 'month' ? t('cap.names.month') : t('cap.names.day')
  return kind === 'month' ? t('cap.names.monthOf', { name }) : t('cap.names.dayOf', { name })
}

/** That a cap stands higher for a while, until when, and what it is again then. */
export const raisedInWords = (
  { t, locale }: Speech,
  { limit, period }: Pick<Cap, 'limit' | 'period'>,
  { base, until }: Raised,
): string =>
  t('cap.raised', {
    limit: amountInWords(limit, locale),
    moment: momentInWords(until, locale, period.timeZone),
    base: amountInWords(base, locale),
  })

/** The limit that a cap has by itself, without a temporary raise. */
export const ownLimit = ({ limit, raised }: Pick<Cap, 'limit' | 'raised'>): Picodollars =>
  raised?.base ?? limit

/** Whether drafting is paused by the workspace's month, whose bar is shown everywhere; another cap has its own sentence. */
export const isMonthReached = (status: Pick<Status, 'ai'> | undefined): boolean =>
  status?.ai.paused === 'cap-reached' &&
  (status.ai.cap === null || (status.ai.cap.scope === 'workspace' && status.ai.cap.kind === 'month'))
