import { Table, Text } from '@mantine/core'
import type { KeyModel } from '../../../shared/keys.ts'
import { Amount } from '../../ui/Amount.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Asked, Drafting } from './routing.ts'

const Price = ({ price, kind }: { price: KeyModel['price']; kind: 'input' | 'output' }) => (
  <Table.Td ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
    {price === null ? '–' : <Amount amount={price[kind]} />}
  </Table.Td>
)

const Row = ({ drafting: { provider, model } }: { drafting: Drafting }) => {
  const { t } = useSpeech()
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {t(`providers.${provider}`)}
        <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {model.name}
        </Text>
      </Table.Th>
      <Price price={model.price} kind="input" />
      <Price price={model.price} kind="output" />
    </Table.Tr>
  )
}

/** What the models of the primary and of the backup cost, one under the other. */
export const GapTable = ({ primary, backup }: Pick<Asked, 'primary' | 'backup'>) => {
  const { t } = useSpeech()
  return (
    <Table fz="sm" horizontalSpacing={8} captionSide="top" withRowBorders>
      <Table.Caption ta="start" mt={0} mb={4}>
        {t('options.routing.ask.prices')}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('options.routing.ask.provider')}</Table.Th>
          <Table.Th ta="end">{t('options.routing.ask.input')}</Table.Th>
          <Table.Th ta="end">{t('options.routing.ask.output')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Row drafting={primary} />
        <Row drafting={backup} />
      </Table.Tbody>
    </Table>
  )
}
