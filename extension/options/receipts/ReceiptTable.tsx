import { Table } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ReceiptRow } from './ReceiptRow.tsx'

type Props = {
  readonly receipts: readonly ReceiptSummary[]
  readonly openId: string | undefined
  readonly timeZone: string | undefined
  readonly addressOf: (id: string) => string
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Up and down go from one receipt's link to the next. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = steps[event.key]
  if (step === undefined) return
  const links: Element[] = [...event.currentTarget.querySelectorAll('a')]
  const here = document.activeElement === null ? -1 : links.indexOf(document.activeElement)
  const next = here === -1 ? undefined : links[here + step]
  if (!(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}

const columns = ['time', 'who', 'site', 'model', 'purpose'] as const
const numbers = ['tokensIn', 'tokensOut', 'amount'] as const

/** Receipts as a ledger: when, who, where, with which model, how many tokens, exactly how many dollars, how sure. */
export const ReceiptTable = ({ receipts, openId, timeZone, addressOf }: Props) => {
  const { t } = useSpeech()
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing={6} horizontalSpacing={8} highlightOnHover fz="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`options.receipts.${name}`)}</Table.Th>
            ))}
            {numbers.map((name) => (
              <Table.Th key={name} ta="end" style={{ whiteSpace: 'nowrap' }}>
                {t(`options.receipts.${name}`)}
              </Table.Th>
            ))}
            <Table.Th>{t('options.receipts.status')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={moveFocus}>
          {receipts.map((receipt) => (
            <ReceiptRow
              key={receipt.id}
              receipt={receipt}
              open={receipt.id === openId}
              timeZone={timeZone}
              address={addressOf(receipt.id)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
