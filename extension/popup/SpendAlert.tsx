import type { Alert } from '../../shared/books/alerts.ts'
import type { ForeignUse, SpendNotice, SpendNotices } from '../../shared/spend.ts'
import { eventsOf, foreignEvent } from '../ui/alerts/events.ts'
import { dayInWords } from '../ui/moments.ts'
import { type Reading, useReading } from '../ui/reading.ts'
import { type Speech, useSpeech } from '../ui/words/speech.ts'
import { NoticeLine } from './NoticeLine.tsx'
import { useParts } from './parts.tsx'

/** The whole workspace before its parts: whoever reads one line should read that one. */
const foremost = (notices: readonly SpendNotice[]): SpendNotice | undefined =>
  notices.find((notice) => notice.kind === 'spike' && notice.scope === 'workspace') ?? notices[0]

const noticeInWords = ({ t, locale }: Speech, notice: SpendNotice): string => {
  if (notice.kind === 'stranger') return t('popup.alert.stranger', { model: notice.modelName })
  const day = dayInWords(Date.parse(`${notice.day}T12:00:00Z`), locale, 'UTC')
  return notice.scope === 'workspace' || notice.name === null
    ? t('popup.alert.workspace', { day })
    : t('popup.alert.part', { day, name: notice.name })
}

/** What departs from its own history, for who may see everybody's figures; without the uses of keys that were put away with their alert. */
export const useNotices = (enabled: boolean): Reading<SpendNotices> => {
  const { vault, notices } = useParts()
  const read = async (): Promise<SpendNotices> => {
    const told = await vault.spendNotices()
    const foreignUse: ForeignUse[] = []
    for (const use of told.foreignUse)
      if (!(await notices.isDismissed(foreignEvent(use)))) foreignUse.push(use)
    return { ...told, foreignUse }
  }
  return useReading(['spend-notices'], read, enabled)
}

type Props = {
  /** An alert of which the popup tells already; then only a use of a key outside Ownkey is told beside it. */
  readonly besides: Alert | null
}

/** What an alert told of, or what was put away with one, is not told again. */
const foremostUse = ({ foreignUse }: SpendNotices, besides: Alert | null): ForeignUse | undefined => {
  const told = besides === null ? [] : eventsOf(besides.subject)
  return foreignUse.find((use) => !told.includes(foreignEvent(use)))
}

/**
 * One quiet line when a key was used outside Ownkey, or when today or yesterday departs from its own history; nothing otherwise, and nothing
 * when that cannot be told.
 */
export const SpendAlert = ({ besides }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  const { surroundings } = useParts()
  const read = useNotices(true)
  if (read.state !== 'ready') return null
  const foreign = foremostUse(read.value, besides)
  if (foreign !== undefined) {
    const month = foreign.day.slice(0, 7)
    const onClick = () => surroundings.openOptions(`/statements?month=${month}`)
    return (
      <NoticeLine
        kind="foreign-use"
        ink="red"
        text={t('alerts.foreign', { label: foreign.keyLabel })}
        look={{ text: t('alerts.look.statements'), onClick }}
      />
    )
  }
  const notice = besides === null ? foremost(read.value.notices) : undefined
  if (notice === undefined) return null
  const onClick = () => surroundings.openOptions('/spend')
  return (
    <NoticeLine
      kind={notice.kind}
      ink="amber"
      text={noticeInWords(speech, notice)}
      look={{ text: t('popup.alert.look'), onClick }}
    />
  )
}
