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

/** One quiet line when today or yesterday departs from its own history; nothing otherwise, and nothing when that cannot be told. */
export const SpendAlert = () => {
  const speech = useSpeech()
  const { surroundings } = useParts()
  const read = useNotices(true)
  const notice = read.state === 'ready' ? foremost(read.value.notices) : undefined
  if (notice === undefined) return null
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" role="status" data-alert={notice.kind}>
      <IconAlertTriangle
        size={14}
        color="var(--ownkey-ink-amber)"
        style={{ flex: 'none', marginTop: 2 }}
        aria-hidden
      />
      <Text fz="xs">
        <Text component="span" inherit c="var(--ownkey-ink-amber)">
          {alertInWords(speech, notice)}
        </Text>{' '}
        <Anchor component="button" type="button" inherit onClick={() => surroundings.openOptions('/spend')}>
          {speech.t('popup.alert.look')}
        </Anchor>
      </Text>
    </Group>
  )
}
