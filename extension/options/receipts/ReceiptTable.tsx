import { Table } from '@mantine/core'
import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { Fragment, useCallback, useRef } from 'react'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { moveBy, useCurrentRow } from './moving.ts'
import { ReceiptRow } from './ReceiptRow.tsx'
import layout from './receipts.module.css'

type Props = {
  readonly receipts: readonly ReceiptSummary[]
  /** Whether these are all, so that their number can be told. */
  readonly whole: boolean
  readonly openId: string | undefined
  readonly timeZone: string
  readonly addressOf: (id: string) => string
}

/** Pixels; the style sheet sets the same, so that a row can be placed before it is drawn. The head stays in sight above the rows. */
const ROW_PX = 33
const HEAD_PX = 44
/** Rows above and below the window that are drawn already. */
const AHEAD = 8

const rowHeight = (): number => ROW_PX

const columns = ['time', 'who', 'site', 'model', 'purpose'] as const
const numbers = ['tokensIn', 'tokensOut', 'amount'] as const

const Head = () => {
  const { t } = useSpeech()
  return (
    <Table.Thead>
      <Table.Tr aria-rowindex={1}>
        {columns.map((name) => (
          <Table.Th key={name} className={layout[name]}>
            {t(`options.receipts.${name}`)}
          </Table.Th>
        ))}
        {numbers.map((name) => (
          <Table.Th key={name} ta="end" className={layout[name]}>
            {t(`options.receipts.${name}`)}
          </Table.Th>
        ))}
        <Table.Th className={layout.status}>{t('options.receipts.status')}</Table.Th>
        <Table.Th className={layout.told}>{t('options.receipts.told')}</Table.Th>
      </Table.Tr>
    </Table.Thead>
  )
}

/** Room for rows that are not drawn. */
const Gap = ({ height }: { height: number }) =>
  height > 0 ? (
    <Table.Tr aria-hidden="true">
      <Table.Td colSpan={columns.length + numbers.length + 2} style={{ height, padding: 0, border: 0 }} />
    </Table.Tr>
  ) : null

/** The row with the tab stop is always drawn, so that scrolling never takes the focus away. */
const withRow = (drawn: readonly number[], row: number, count: number): number[] =>
  row >= count ? [...drawn] : [...new Set([...drawn, row])].sort((one, other) => one - other)

const Rows = ({
  items,
  total,
  ...props
}: { items: VirtualItem[]; total: number; current: number } & Props) => {
  const { receipts, openId, timeZone, addressOf, current } = props
  return (
    <>
      {items.map((item, place) => {
        const receipt = receipts[item.index]
        if (receipt === undefined) return null
        return (
          <Fragment key={item.key}>
            <Gap height={item.start - (items[place - 1]?.end ?? 0)} />
            <ReceiptRow
              receipt={receipt}
              rowIndex={item.index + 2}
              current={item.index === current}
              open={receipt.id === openId}
              timeZone={timeZone}
              address={addressOf(receipt.id)}
            />
          </Fragment>
        )
      })}
      <Gap height={total - (items.at(-1)?.end ?? 0)} />
    </>
  )
}

/**
 * Receipts as a ledger: when, who, where, with which model, how many tokens, exactly how many dollars, how sure. Only the rows in sight
 * are drawn; to a reader of the screen the grid still has all of them.
 */
export const ReceiptTable = (props: Props) => {
  const { t } = useSpeech()
  const { receipts, whole } = props
  const frame = useRef<HTMLDivElement>(null)
  // The same function while the receipts are the same: with another one the places of all rows are computed anew.
  const keyAt = useCallback((index: number) => receipts[index]?.id ?? index, [receipts])
  const current = useCurrentRow(receipts)
  const virtual = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: receipts.length,
    getScrollElement: () => frame.current,
    estimateSize: rowHeight,
    getItemKey: keyAt,
    overscan: AHEAD,
    scrollPaddingEnd: HEAD_PX,
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), current.index, receipts.length),
  })
  return (
    <div ref={frame} className={layout.frame}>
      <Table
        role="grid"
        aria-label={t('options.receipts.tab')}
        aria-rowcount={whole ? receipts.length + 1 : -1}
        layout="fixed"
        className={layout.grid}
        verticalSpacing={0}
        horizontalSpacing={8}
        fz="sm"
      >
        <Head />
        <Table.Tbody onKeyDown={(event) => moveBy(event, receipts, current, virtual)}>
          <Rows
            {...props}
            items={virtual.getVirtualItems()}
            total={virtual.getTotalSize()}
            current={current.index}
          />
        </Table.Tbody>
      </Table>
    </div>
  )
}
