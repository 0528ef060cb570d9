import type { ScopedCap } from '../../shared/cap.ts'
import type { Status } from '../../shared/status.ts'
import type { Speech } from './words/speech.ts'

/** Which cap it is, as the beginning of a sentence: `The daily cap for Mina Park`. */
export const capInWords = ({ t }: Speech, { name, kind }: Pick<ScopedCap, 'name' | 'kind'>): string => {
  if (name === null) return kind === 'month' ? t('cap.names.month') : t('cap.names.day')
  return kind === 'month' ? t('cap.names.monthOf', { name }) : t('cap.names.dayOf', { name })
}

/** Whether drafting is paused by the workspace's month, whose bar is shown everywhere; another cap has its own sentence. */
export const isMonthReached = (status: Pick<Status, 'ai'> | undefined): boolean =>
  status?.ai.paused === 'cap-reached' &&
  (status.ai.cap === null || (status.ai.cap.name === null && status.ai.cap.kind === 'month'))
