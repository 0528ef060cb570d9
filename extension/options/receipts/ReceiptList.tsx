import { Button, Group, Stack, Text } from '@mantine/core'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Feed } from './feed.ts'
import { ReceiptTable } from './ReceiptTable.tsx'

type Props = {
  readonly feed: Feed
  readonly filtered: boolean
  readonly openId: string | undefined
  readonly timeZone: string | undefined
  readonly addressOf: (id: string) => string
}

const Empty = ({ filtered }: { filtered: boolean }) => {
  const { t } = useSpeech()
  return filtered ? (
    <EmptyState title={t('options.receipts.noneTitle')} todo={t('options.receipts.noneTodo')} />
  ) : (
    <EmptyState title={t('options.receipts.emptyTitle')} todo={t('options.receipts.emptyTodo')} />
  )
}

const Foot = ({ feed }: { feed: Feed }) => {
  const { t } = useSpeech()
  const count = feed.receipts.length
  return (
    <Group gap="md">
      <Text fz="sm" c="dimmed" role="status">
        {feed.more === undefined
          ? t('options.receipts.shown', { count })
          : t('options.receipts.shownMore', { number: count })}
      </Text>
      {feed.more !== undefined && (
        <Button size="xs" variant="default" loading={feed.more.busy} onClick={feed.more.load}>
          {t('options.receipts.more')}
        </Button>
      )}
    </Group>
  )
}

/** The list as far as it is read, or why it is empty. */
export const ReceiptList = ({ feed, filtered, ...table }: Props) => {
  const { t } = useSpeech()
  if (feed.receipts.length === 0) return <Empty filtered={filtered} />
  return (
    <Stack gap="sm">
      {feed.source === 'kept' && (
        <Text fz="sm" c="var(--ownkey-ink-amber)" role="alert">
          {t('options.receipts.offline')}
        </Text>
      )}
      <ReceiptTable receipts={feed.receipts} {...table} />
      <Foot feed={feed} />
    </Stack>
  )
}
