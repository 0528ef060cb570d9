import { Skeleton, Stack } from '@mantine/core'
import { useMemo } from 'react'
import type { ReceiptSummary } from '../../shared/receipts.ts'
import type { Status } from '../../shared/status.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useSpeech } from '../ui/words/speech.ts'
import { FilterBar } from './receipts/FilterBar.tsx'
import { useFeed } from './receipts/feed.ts'
import { ExportButtons } from './receipts/files/ExportButtons.tsx'
import { ReceiptList } from './receipts/ReceiptList.tsx'
import { ReceiptSheet } from './receipts/ReceiptSheet.tsx'
import { type FilterName, isFiltered, readFilters, searchOf, withFilter } from './receipts/search.ts'
import { goOnTo, goTo, type Route, writeRoute } from './route.ts'
import { TabHeading } from './TabHeading.tsx'

const rows = Array.from({ length: 8 }, (_, row) => `row ${row}`)

const Waiting = () => (
  <Stack gap={6}>
    {rows.map((row) => (
      <Skeleton key={row} height={28} />
    ))}
  </Stack>
)

const nothing: readonly ReceiptSummary[] = []

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const useSearch = (query: URLSearchParams, timeZone: string) => {
  const text = query.toString()
  return useMemo(() => {
    const filters = readFilters(new URLSearchParams(text))
    return { filters, search: searchOf(filters, timeZone) }
  }, [text, timeZone])
}

/** Every receipt that this member may see, searchable, each with its formula. */
export const ReceiptsTab = ({ route, status }: { route: Route; status: Status | undefined }) => {
  const { t } = useSpeech()
  const { id, query } = route
  const timeZone = status?.workspace.timeZone ?? browserZone()
  const { filters, search } = useSearch(query, timeZone)
  const feed = useFeed(search)
  const label = status?.providerLabel ?? null
  const narrow = (name: FilterName, value: string): void => {
    const address = writeRoute('receipts', id, withFilter(query, name, value))
    if (name === 'search') goOnTo(address)
    else goTo(address)
  }
  return (
    <>
      <TabHeading
        title={t('options.receipts.tab')}
        note={t('options.receipts.zone', { zone: timeZone })}
        label={label}
      />
      <FilterBar
        filters={filters}
        known={feed.state === 'ready' ? feed.value.known : nothing}
        onChange={narrow}
      />
      {status !== undefined && <ExportButtons search={search} workspace={status.workspace} />}
      <Loaded reading={feed} skeleton={<Waiting />}>
        {(read) => (
          <ReceiptList
            feed={read}
            filtered={isFiltered(filters)}
            openId={id}
            timeZone={timeZone}
            addressOf={(receiptId) => writeRoute('receipts', receiptId, query)}
            onClear={() => goTo(writeRoute('receipts', id))}
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
