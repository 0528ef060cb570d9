import { Table } from '@mantine/core'
import { sum } from '../../../shared/money.ts'
import type { Attempt } from '../../../shared/receipts.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { useSpeech } from '../../ui/words/speech.ts'

const sumOf = ({ lines }: Attempt) => sum(lines.map(({ amount }) => amount))

const oneLine = { whiteSpace: 'nowrap' } as const

/** Line by line: tokens × dollars per million = dollars, and their sum. Nothing is rounded. */
export const Formula = ({ attempt }: { attempt: Attempt }) => {
  const { t, locale } = useSpeech()
  const number = new Intl.NumberFormat(locale)
  return (
    <Table verticalSpacing={4} horizontalSpacing={6} fz="sm" aria-label={t('options.receipt.formula')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('options.receipt.kind')}</Table.Th>
          <Table.Th ta="end">{t('options.receipt.tokens')}</Table.Th>
          <Table.Th ta="end">{t('options.receipt.perMillion')}</Table.Th>
          <Table.Th ta="end">{t('options.receipts.amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {attempt.lines.map((line) => (
          <Table.Tr key={line.bucket}>
            <Table.Td>{t(`buckets.${line.bucket}`)}</Table.Td>
            <Table.Td ta="end">{number.format(line.tokens)}</Table.Td>
            <Table.Td ta="end" style={oneLine}>
              × {exactAmount(line.perMillion, locale)}
            </Table.Td>
            <Table.Td ta="end" style={oneLine}>
              = {exactAmount(line.amount, locale)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th colSpan={3}>{t('options.receipt.sum')}</Table.Th>
          <Table.Th ta="end">{exactAmount(sumOf(attempt), locale)}</Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  )
}
