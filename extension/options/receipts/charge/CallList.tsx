import { Paper, Table, Text } from '@mantine/core'
import type { Attempt } from '../../../../shared/receipts.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { useSpeech } from '../../../ui/words/speech.ts'

const CallLine = ({ attempt }: { attempt: Attempt }) => {
  const { t } = useSpeech()
  const { number, provider, modelName, outcome, failure, settled } = attempt
  const why = failure === null ? '' : ` · ${t(`reasons.${failure}`)}`
  return (
    <Table.Tr data-call={number}>
      <Table.Td>{number}</Table.Td>
      <Table.Td>
        {t(`providers.${provider}`)}{' '}
        <Text component="span" inherit c="dimmed">
          {modelName}
        </Text>
      </Table.Td>
      <Table.Td {...(failure === null ? {} : { c: 'var(--ownkey-ink-amber)' })}>
        {t(`outcomes.${outcome}`)}
        {why}
      </Table.Td>
      <Table.Td ta="end">
        <Amount amount={settled} />
      </Table.Td>
    </Table.Tr>
  )
}

/** All calls of a receipt that needed more than one, in a line each: whom, how it ended and why, what it counts. */
export const CallList = ({ attempts }: { attempts: readonly Attempt[] }) => {
  const { t } = useSpeech()
  return (
    <Paper withBorder p="xs">
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('options.receipt.callNumber')}</Table.Th>
              <Table.Th>{t('options.receipts.model')}</Table.Th>
              <Table.Th>{t('options.receipt.outcome')}</Table.Th>
              <Table.Th ta="end">{t('options.receipts.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {attempts.map((attempt) => (
              <CallLine key={attempt.id} attempt={attempt} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
