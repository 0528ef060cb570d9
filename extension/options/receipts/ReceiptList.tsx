import { Button, Group, Stack } from '@mantine/core'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Feed } from './feed.ts'
import { ListHead } from './ListHead.tsx'
import { ReceiptTable } from './ReceiptTable.tsx'

type Props = {
  readonly feed: Feed
  readonly filtered: boolean
  readonly openId: string | undefined
  readonly timeZone: string
  readonly addressOf: (id: string) => string
  readonly onClear: () => void
}

const Empty = ({ filtered, onClear }: Pick<Props, 'filtered' | 'onClear'>) => {
  const { t } = useSpeech()
  return filtered ? (
    <EmptyState title={t('options.receipts.noneTitle')} todo={t('options.receipts.noneTodo')}>
      <Button variant="default" onClick={onClear}>
        {t('options.receipts.clear')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title={t('options.receipts.emptyTitle')} todo={t('options.receipts.emptyTodo')} />
  )
}

const Older = ({ more }: { more: NonNullable<Feed['more']> }) => {
  const { t } = useSpeech()
  return (
    <Group>
      <Button size="xs" variant="default" loading={more.busy} onClick={more.load}>
        {t('options.receipts.more')}
      </Button>
    </Group>
  )
}

/** What fits, how many and how much that is, or why there is nothing. */
export const ReceiptList = ({ feed, filtered, onClear, ...table }: Props) => (
  <Stack gap="sm">
    <ListHead feed={feed} filtered={filtered} timeZone={table.timeZone} onClear={onClear} />
    {feed.receipts.length === 0 ? (
      <Empty filtered={filtered} onClear={onClear} />
    ) : (
      <ReceiptTable
        receipts={feed.receipts}
        whole={feed.more === undefined && feed.standing.from !== 'opening'}
        {...table}
      />
    )}
    {feed.more !== undefined && <Older more={feed.more} />}
  </Stack>
)
