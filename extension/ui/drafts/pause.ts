import { zero } from '../../../shared/money.ts'
import type { Status } from '../../../shared/status.ts'
import { amountInWords } from '../amounts.ts'
import { capInWords } from '../cap-names.ts'
import { dayInWords, momentInWords } from '../moments.ts'
import type { Speech } from '../words/speech.ts'
import { reserveLeft } from './reserve.ts'

/** Why drafting is paused; what that stops and what goes on, where it is a cap; and what this member can do about it. */
type PauseWords = {
  readonly happened: string
  readonly effect: string | undefined
  readonly todo: string
}

type Paused = Pick<Status, 'ai' | 'cap' | 'workspace'>

type PausingCap = NonNullable<Status['ai']['cap']>

/** When the cap starts anew: of a day also at which hour, as clocks elsewhere may show the day before. */
const anewInWords = ({ locale }: Speech, { kind, resetsAt }: PausingCap, timeZone: string): string =>
  kind === 'month' ? dayInWords(resetsAt, locale, timeZone) : momentInWords(resetsAt, locale, timeZone)

const capPause = (
  speech: Speech,
  { ai, cap, workspace }: Paused,
  pausing: PausingCap,
  who: Who,
): PauseWords => {
  const { t, locale } = speech
  const moment = anewInWords(speech, pausing, workspace.timeZone)
  const effect = t('cap.pause.effect')
  if (!ai.urgent)
    return {
      happened: t('cap.pause.reached', { cap: capInWords(speech, pausing) }),
      effect,
      todo: t(`cap.pause.${who}`, { moment }),
    }
  const left = amountInWords(cap === null ? zero : reserveLeft(cap), locale)
  return {
    happened: t('cap.pause.kept', { left }),
    effect: t('cap.pause.mark'),
    todo: t(`cap.pause.${who}`, { moment }),
  }
}

type Who = 'admin' | 'others'

/** The pause of a status in words; undefined while drafting is not paused. */
export const pauseInWords = (speech: Speech, status: Paused, manages: boolean): PauseWords | undefined => {
  const { paused, cap } = status.ai
  const who = manages ? 'admin' : 'others'
  if (paused === null) return undefined
  if (paused === 'cap-reached' && cap !== null) return capPause(speech, status, cap, who)
  return {
    happened: speech.t(`pauses.${paused}.everybody`),
    effect: paused === 'cap-reached' ? speech.t('cap.pause.effect') : undefined,
    todo: speech.t(`pauses.${paused}.${who}`),
  }
}
