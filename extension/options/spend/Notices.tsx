import { Anchor, Group, Paper, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ForeignUse, SpendNotice } from '../../../shared/spend.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { dayInWords, isoDay } from '../../ui/moments.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { writeRoute } from '../route.ts'

type Props = {
  readonly notices: readonly SpendNotice[]
  readonly foreignUse: readonly ForeignUse[]
  readonly timeZone: string
}

const noticeInWords = ({ t, locale }: Speech, notice: SpendNotice, timeZone: string): string => {
  const amount = amountInWords(notice.amount, locale)
  if (notice.kind === 'stranger') {
    const day = dayInWords(notice.firstAt, locale, timeZone)
    return t('options.spend.notice.stranger', { model: notice.modelName, day, amount })
  }
  const day = dayInWords(Date.parse(`${notice.day}T12:00:00Z`), locale, 'UTC')
  const name = notice.name ?? t('options.spend.noChannel')
  const facts = { day, amount, usual: amountInWords(notice.usual, locale), name }
  return t(`options.spend.notice.${notice.scope}`, facts)
}

/** How a scope is named in the address of the receipts. A model's id begins with its provider. */
const filterOf = ({ scope, id }: Extract<SpendNotice, { kind: 'spike' }>): Record<string, string> => {
  if (id === null || scope === 'workspace') return {}
  if (scope !== 'model') return scope === 'member' ? { memberId: id } : { channelId: id }
  const [, provider = '', model = id] = /^([^/]+)\/(.+)$/.exec(id) ?? []
  return { provider, model }
}

/** The receipts that a notice is about. */
const receiptsOf = (notice: SpendNotice, timeZone: string): string => {
  if (notice.kind === 'stranger') {
    const from = isoDay(notice.firstAt, timeZone)
    const { provider, model } = notice
    return writeRoute('receipts', undefined, new URLSearchParams({ provider, model, from }))
  }
  const filter = { ...filterOf(notice), from: notice.day, to: notice.day }
  return writeRoute('receipts', undefined, new URLSearchParams(filter))
}

const Notice = ({ notice, timeZone }: { notice: SpendNotice; timeZone: string }) => {
  const speech = useSpeech()
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start" data-notice={notice.kind}>
      <IconAlertTriangle
        size={16}
        color="var(--ownkey-ink-amber)"
        style={{ flex: 'none', marginTop: 2 }}
        aria-hidden
      />
      <Text fz="sm">
        <Text component="span" inherit c="var(--ownkey-ink-amber)">
          {noticeInWords(speech, notice, timeZone)}
        </Text>{' '}
        <Anchor inherit href={receiptsOf(notice, timeZone)}>
          {speech.t('options.spend.notice.show')}
        </Anchor>
      </Text>
    </Group>
  )
}

const foreignInWords = ({ t, locale }: Speech, use: ForeignUse): string =>
  t('options.spend.notice.foreign', {
    count: use.requests,
    label: use.keyLabel,
    model: use.modelName,
    day: dayInWords(Date.parse(`${use.day}T12:00:00Z`), locale, 'UTC'),
    amount: amountInWords(use.amount, locale),
  })

/** A use of a key outside Ownkey is nobody's mistake here: it is said in red. */
const Foreign = ({ use }: { use: ForeignUse }) => {
  const speech = useSpeech()
  const month = new URLSearchParams({ month: use.day.slice(0, 7) })
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start" data-notice="foreign-use">
      <IconAlertTriangle
        size={16}
        color="var(--ownkey-ink-red)"
        style={{ flex: 'none', marginTop: 2 }}
        aria-hidden
      />
      <Text fz="sm">
        <Text component="span" inherit c="var(--ownkey-ink-red)" fw={600}>
          {foreignInWords(speech, use)}
        </Text>{' '}
        <Anchor inherit href={writeRoute('statements', undefined, month)}>
          {speech.t('options.spend.notice.showStatement')}
        </Anchor>
      </Text>
    </Group>
  )
}

const keyOf = (notice: SpendNotice): string =>
  notice.kind === 'stranger'
    ? `${notice.provider} ${notice.model}`
    : `${notice.day} ${notice.scope} ${notice.id}`

/** What departs from its own history, each with the way to the receipts behind it. Nothing when nothing does. */
export const Notices = ({ notices, foreignUse, timeZone }: Props) => {
  const { t } = useSpeech()
  if (notices.length + foreignUse.length === 0) return null
  return (
    <Paper withBorder p="md" component="section" aria-label={t('options.spend.notice.title')}>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {foreignUse.map((use) => (
          <Foreign key={`${use.day} ${use.keyId} ${use.model}`} use={use} />
        ))}
        {notices.map((notice) => (
          <Notice key={keyOf(notice)} notice={notice} timeZone={timeZone} />
        ))}
      </Stack>
    </Paper>
  )
}
