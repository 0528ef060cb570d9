import { Skeleton, Stack } from '@mantine/core'
import { useMemo } from 'react'
import type { Status } from '../../shared/status.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useSpeech } from '../ui/words/speech.ts'
import { FilterBar } from './receipts/FilterBar.tsx'
import { useFeed } from './receipts/feed.ts'
import { ReceiptList } from './receipts/ReceiptList.tsx'
import { ReceiptSheet } from './receipts/ReceiptSheet.tsx'
import { isFiltered, readFilters, searchOf, withFilter } from './receipts/search.ts'
import { goTo, type Route, writeRoute } from './route.ts'
import { TabHeading } from './TabHeading.tsx'

const rows = Array.from({ length: 8 }, (_, row) => `row ${row}`)

const Waiting = () => (
  <Stack gap={6}>
    {rows.map((row) => (
      <Skeleton key={row} height={28} />
    ))}
  </Stack>
)

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every receipt that this member may see, searchable, each with its formula. */
export const ReceiptsTab = ({ route, status }: { route: Route; status: Status | undefined }) => {
  const { t } = useSpeech()
  const { id, query } = route
  const filters = useMemo(() => readFilters(query), [query])
  const timeZone = status?.workspace.timeZone ?? browserZone()
  const feed = useFeed(searchOf(filters, timeZone), status === undefined)
  const label = status?.providerLabel ?? null
  const shown = feed.state === 'ready' ? feed.value.receipts : []
  return (
    <>
      <TabHeading
        title={t('options.receipts.tab')}
        note={t('options.receipts.zone', { zone: timeZone })}
        label={label}
      />
      <FilterBar
        filters={filters}
        shown={shown}
        onChange={(name, value) => goTo(writeRoute('receipts', id, withFilter(query, name, value)))}
        onClear={() => goTo(writeRoute('receipts', id))}
      />
      <Loaded reading={feed} skeleton={<Waiting />}>
        {(read) => (
          <ReceiptList
            feed={read}
            filtered={isFiltered(filters)}
            openId={id}
            timeZone={timeZone}
            addressOf={(receiptId) => writeRoute('receipts', receiptId, query)}
          />
        )}
      </Loaded>
      <ReceiptSheet
        id={id}
        timeZone={timeZone}
        label={label}
        onClose={() => goTo(writeRoute('receipts', undefined, query))}
      />
    </>
  )
}
