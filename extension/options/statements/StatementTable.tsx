import { Stack, Table, Text } from '@mantine/core'
import { pico } from '../../../shared/money.ts'
import type { Counted, Difference, Statement, StatementRow } from '../../../shared/statements/statements.ts'
import { Amount } from '../../ui/Amount.tsx'
import { signedAmount } from '../../ui/amounts.ts'
import { dayInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ownPriceInWords } from '../receipts/charge/price.ts'
import print from './statements.module.css'

const tokensOf = ({ requests: _, amount: __, ...tokens }: Counted): number =>
  Object.values(tokens).reduce((sum, count) => sum + count, 0)

const inks: Readonly<Partial<Record<Difference['reason'], string>>> = {
  'foreign-use': 'var(--ownkey-ink-red)',
  'lost-receipt': 'var(--ownkey-ink-red)',
  'estimate-corrected': 'dimmed',
  'late-arrival': 'dimmed',
  'own-price': 'dimmed',
}

const Reason = ({ difference }: { difference: Difference }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { reason, requests, amount, own = [] } = difference
  return (
    <div>
      <Text fz="sm" fw={600} c={inks[reason] ?? 'var(--ownkey-ink-amber)'} data-reason={reason}>
        {t(`options.statements.reasons.${reason}`)}
        {requests !== 0 && ` (${Math.abs(requests)})`} {signedAmount(amount, locale)}
      </Text>
      <Text fz="xs" c="dimmed">
        {t(`options.statements.explained.${reason}`)}
      </Text>
      {own.map((mark) => (
        <Text key={`${mark.at} ${mark.kind}`} fz="xs" c="dimmed">
          {ownPriceInWords(speech, mark)}
        </Text>
      ))}
    </div>
  )
}

const Result = ({ row }: { row: StatementRow }) => {
  const { t } = useSpeech()
  const agrees = row.differences.every(({ reason }) => reason === 'estimate-corrected')
  return (
    <>
      {agrees && <Text fz="sm">{t('options.statements.equal')}</Text>}
      {row.differences.map((difference) => (
        <Reason key={difference.reason} difference={difference} />
      ))}
    </>
  )
}

/** A number of both sides: the receipts' above the report's, where they are not the same. */
const Both = ({ ours, reported }: { ours: number; reported: number }) => {
  const { locale } = useSpeech()
  const write = (count: number): string => new Intl.NumberFormat(locale).format(count)
  if (ours === reported) return <>{write(ours)}</>
  return (
    <>
      {write(ours)}
      <br />
      {write(reported)}
    </>
  )
}

const Line = ({ row }: { row: StatementRow }) => {
  const { t, locale } = useSpeech()
  const { ours, reported } = row
  return (
    <Table.Tr className={print.row ?? ''}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {dayInWords(Date.parse(`${row.day}T12:00:00Z`), locale, 'UTC')}
      </Table.Td>
      <Table.Td miw={120} maw={180} style={{ overflowWrap: 'anywhere' }}>
        {row.keyLabel}{' '}
        <Text component="span" inherit c="dimmed">
          {t('options.statements.version', { version: row.keyVersion })}
        </Text>
      </Table.Td>
      <Table.Td>{row.modelName}</Table.Td>
      <Table.Td ta="end">
        <Both ours={ours.requests} reported={reported.requests} />
      </Table.Td>
      <Table.Td ta="end">
        <Both ours={tokensOf(ours)} reported={tokensOf(reported)} />
      </Table.Td>
      <Table.Td ta="end">
        <Amount amount={ours.amount} />
      </Table.Td>
      <Table.Td ta="end">
        <Amount amount={reported.amount} />
      </Table.Td>
      <Table.Td miw={220}>
        <Result row={row} />
      </Table.Td>
    </Table.Tr>
  )
}

const keyOf = ({ provider, day, keyId, keyVersion, model }: StatementRow): string =>
  [provider, day, keyId, keyVersion, model].join(' ')

const columns = ['day', 'key', 'model', 'requests', 'tokens', 'receipts', 'report', 'result'] as const
const isNumber: ReadonlySet<string> = new Set(['requests', 'tokens', 'receipts', 'report'])

/** A month, a row for each key, model and day (UTC): what the receipts say, what the report says, and why they differ. */
export const StatementTable = ({ statement }: { statement: Statement }) => {
  const { t, locale } = useSpeech()
  const { rows, ours, reported } = statement
  return (
    <Stack gap={4}>
      <Table.ScrollContainer minWidth={860}>
        <Table verticalSpacing={6} className={print.numbers ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} ta={isNumber.has(column) ? 'end' : 'start'}>
                  {t(`options.statements.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Line key={keyOf(row)} row={row} />
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={5}>{t('options.statements.total')}</Table.Th>
              <Table.Th ta="end">
                <Amount amount={ours} />
              </Table.Th>
              <Table.Th ta="end">
                <Amount amount={reported} />
              </Table.Th>
              <Table.Th>
                {t('options.statements.difference')}: {signedAmount(pico(reported - ours), locale)}
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
      <Text fz="xs" c="dimmed">
        {t('options.statements.twoNumbers')}
      </Text>
    </Stack>
  )
}
