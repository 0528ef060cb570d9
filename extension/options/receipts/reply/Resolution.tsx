import { Anchor, Paper, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { sum } from '../../../../shared/money.ts'
import type { ReceiptSummary } from '../../../../shared/receipts.ts'
import { exactAmount } from '../../../ui/amounts.ts'
import { Loaded } from '../../../ui/Loaded.tsx'
import { momentInWords } from '../../../ui/moments.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { writeRoute } from '../../route.ts'
import { useResolution } from './resolution.ts'
import { toldInShort } from './told.ts'

type Props = { readonly receipt: ReceiptSummary; readonly timeZone: string }

const Line = ({ receipt, timeZone, isShown }: Props & { isShown: boolean }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const time = momentInWords(receipt.at, locale, timeZone)
  return (
    <Table.Tr {...(isShown ? { bg: 'var(--mantine-color-accent-light)', 'aria-current': true } : {})}>
      <Table.Td>
        {isShown ? (
          time
        ) : (
          <Anchor href={writeRoute('receipts', receipt.id)} inherit>
            {time}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>{t(`purposes.${receipt.purpose}`)}</Table.Td>
      <Table.Td>{receipt.told === null ? '–' : toldInShort(speech, receipt.told)}</Table.Td>
      <Table.Td ta="end">{exactAmount(receipt.settled, locale)}</Table.Td>
    </Table.Tr>
  )
}

const Lines = ({
  receipts,
  shown,
  timeZone,
}: {
  receipts: readonly ReceiptSummary[]
  shown: string
  timeZone: string
}) => {
  const { t, locale } = useSpeech()
  return (
    <Table
      verticalSpacing={4}
      horizontalSpacing={6}
      fz="sm"
      aria-label={t('options.receipt.resolutionTitle')}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('options.receipts.time')}</Table.Th>
          <Table.Th>{t('options.receipts.purpose')}</Table.Th>
          <Table.Th>{t('options.receipts.told')}</Table.Th>
          <Table.Th ta="end">{t('options.receipts.amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {receipts.map((receipt) => (
          <Line key={receipt.id} receipt={receipt} timeZone={timeZone} isShown={receipt.id === shown} />
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th colSpan={3}>{t('options.receipt.sum')}</Table.Th>
          <Table.Th ta="end">{exactAmount(sum(receipts.map(({ settled }) => settled)), locale)}</Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  )
}

/** Every receipt of the reply that a receipt belongs to, the oldest first, and what they cost together. */
export const Resolution = ({ receipt, timeZone }: Props) => {
  const { t } = useSpeech()
  return (
    <Paper withBorder p="md" component="section" data-resolution={receipt.resolutionId}>
      <Stack gap="sm">
        <Title order={3} fz="sm">
          {t('options.receipt.resolutionTitle')}
        </Title>
        <Loaded reading={useResolution(receipt)} skeleton={<Skeleton height={64} />}>
          {(receipts) =>
            receipts.length === 0 ? (
              <Text fz="sm" c="dimmed">
                {t('options.receipt.resolutionAway')}
              </Text>
            ) : (
              <Lines receipts={receipts} shown={receipt.id} timeZone={timeZone} />
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  )
}
