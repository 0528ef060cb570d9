import { Table, Text } from '@mantine/core'
import { sum } from '../../../shared/money.ts'
import type { SpendDay } from '../../../shared/spend.ts'
import { Amount } from '../../ui/Amount.tsx'
import { dayInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'

const Line = ({ line }: { line: SpendDay }) => {
  const { t, locale } = useSpeech()
  return (
    <Table.Tr>
      <Table.Td>{dayInWords(Date.parse(`${line.day}T12:00:00Z`), locale, 'UTC')}</Table.Td>
      <Table.Td>
        {line.modelName}{' '}
        <Text component="span" inherit c="dimmed">
          {t(`providers.${line.provider}`)}
        </Text>
      </Table.Td>
      <Table.Td ta="end">{line.receipts}</Table.Td>
      <Table.Td ta="end">
        <Amount amount={line.settled} />
      </Table.Td>
    </Table.Tr>
  )
}

/** The numbers behind the chart: what each model cost on each day, newest first, and their sum. */
export const MonthTable = ({ lines }: { lines: readonly SpendDay[] }) => {
  const { t } = useSpeech()
  const newestFirst = lines.toSorted((one, other) => other.day.localeCompare(one.day))
  const total = sum(lines.map(({ settled }) => settled))
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.spend.day')}</Table.Th>
            <Table.Th>{t('options.spend.model')}</Table.Th>
            <Table.Th ta="end">{t('options.spend.receipts')}</Table.Th>
            <Table.Th ta="end">{t('options.spend.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {newestFirst.map((line) => (
            <Line key={`${line.day} ${line.provider} ${line.model}`} line={line} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={2}>{t('options.spend.total')}</Table.Th>
            <Table.Th ta="end">{lines.reduce((count, { receipts }) => count + receipts, 0)}</Table.Th>
            <Table.Th ta="end">
              <Amount amount={total} />
            </Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}
