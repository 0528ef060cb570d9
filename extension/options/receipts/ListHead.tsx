import { Group, Stack, Text } from '@mantine/core'
import { exactAmount } from '../../ui/amounts.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Feed, Standing } from './feed.ts'

type Props = {
  readonly feed: Feed
  readonly filtered: boolean
  readonly timeZone: string
  readonly onClear: () => void
}

/** How many fit and what they cost together, to the last digit; of a list that is read page by page only how many are here. */
const Sums = ({ feed: { receipts, total, more, standing } }: { feed: Feed }) => {
  const { t, locale } = useSpeech()
  const count = receipts.length
  const written = new Intl.NumberFormat(locale).format(count)
  if (standing.from === 'opening') return t('options.receipts.opening')
  if (total === undefined)
    return more === undefined
      ? t('options.receipts.shown', { count, written })
      : t('options.receipts.shownMore', { number: written })
  return (
    <>
      {t('options.receipts.shown', { count, written })}
      {' · '}
      <strong>{exactAmount(total, locale)}</strong>
    </>
  )
}

const Note = ({ standing, timeZone }: { standing: Standing; timeZone: string }) => {
  const { t, locale } = useSpeech()
  if (standing.from === 'reading')
    return (
      <Text fz="sm" c="dimmed" data-standing="reading">
        {t('options.receipts.reading', { number: new Intl.NumberFormat(locale).format(standing.read) })}
      </Text>
    )
  if (standing.from === 'failing') return <ProblemText problem={standing.problem} onRetry={standing.retry} />
  if (standing.from !== 'offline') return null
  return (
    <Text fz="sm" c="var(--ownkey-ink-amber)" role="status" data-standing="offline">
      {standing.at === null
        ? t('options.receipts.offlinePart')
        : t('options.receipts.offline', { time: momentInWords(standing.at, locale, timeZone) })}
    </Text>
  )
}

/** What the list adds up to, and how far it can be relied on. */
export const ListHead = ({ feed, filtered, timeZone, onClear }: Props) => {
  const { t } = useSpeech()
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="md" mih={22}>
        <Text fz="sm" role="status">
          <Sums feed={feed} />
        </Text>
        {filtered && <QuietButton onClick={onClear}>{t('options.receipts.clear')}</QuietButton>}
      </Group>
      <Note standing={feed.standing} timeZone={timeZone} />
    </Stack>
  )
}
