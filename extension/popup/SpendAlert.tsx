import { Anchor, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { SpendNotice, SpendNotices } from '../../shared/spend.ts'
import { dayInWords } from '../ui/moments.ts'
import { type Reading, useReading } from '../ui/reading.ts'
import { type Speech, useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

/** The whole workspace before its parts: whoever reads one line should read that one. */
const foremost = (notices: readonly SpendNotice[]): SpendNotice | undefined =>
  notices.find((notice) => notice.kind === 'spike' && notice.scope === 'workspace') ?? notices[0]

const alertInWords = ({ t, locale }: Speech, notice: SpendNotice): string => {
  if (notice.kind === 'stranger') return t('popup.alert.stranger', { model: notice.modelName })
  const day = dayInWords(Date.parse(`${notice.day}T12:00:00Z`), locale, 'UTC')
  return notice.scope === 'workspace' || notice.name === null
    ? t('popup.alert.workspace', { day })
    : t('popup.alert.part', { day, name: notice.name })
}

/** What departs from its own history, for who may see everybody's figures. */
export const useNotices = (enabled: boolean): Reading<SpendNotices> => {
  const { vault } = useParts()
  return useReading(['spend-notices'], vault.spendNotices, enabled)
}

type LineProps = {
  readonly kind: string
  readonly text: string
  readonly look: string
  readonly onLook: () => void
}

const Line = ({ kind, text, look, onLook }: LineProps) => {
  const ink = `var(--ownkey-ink-${kind === 'foreign-use' ? 'red' : 'amber'})`
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" role="status" data-alert={kind}>
      <IconAlertTriangle size={14} color={ink} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
      <Text fz="xs">
        <Text component="span" inherit c={ink}>
          {text}
        </Text>{' '}
        <Anchor component="button" type="button" inherit onClick={onLook}>
          {look}
        </Anchor>
      </Text>
    </Group>
  )
}

/**
 * One quiet line when a key was used outside Ownkey, or when today or yesterday departs from its own history; nothing otherwise, and nothing
 * when that cannot be told.
 */
export const SpendAlert = () => {
  const speech = useSpeech()
  const { t } = speech
  const { surroundings } = useParts()
  const read = useNotices(true)
  if (read.state !== 'ready') return null
  const [foreign] = read.value.foreignUse
  if (foreign !== undefined) {
    const month = foreign.day.slice(0, 7)
    return (
      <Line
        kind="foreign-use"
        text={t('popup.alert.foreign', { label: foreign.keyLabel })}
        look={t('popup.alert.lookForeign')}
        onLook={() => surroundings.openOptions(`/statements?month=${month}`)}
      />
    )
  }
  const notice = foremost(read.value.notices)
  if (notice === undefined) return null
  return (
    <Line
      kind={notice.kind}
      text={alertInWords(speech, notice)}
      look={t('popup.alert.look')}
      onLook={() => surroundings.openOptions('/spend')}
    />
  )
}
