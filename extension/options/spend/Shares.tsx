import { Anchor, Box, Paper, Table, Text, Title } from '@mantine/core'
import type { Picodollars } from '../../../shared/money.ts'
import { Amount } from '../../ui/Amount.tsx'
import { percentOf } from '../../ui/amounts.ts'
import { useSpeech } from '../../ui/words/speech.ts'

/** One member or channel of the month. `address`: where its receipts are listed; undefined where no filter names it. */
export type Share = {
  readonly key: string
  readonly name: string
  readonly settled: Picodollars
  readonly receipts: number
  readonly address: string | undefined
}

type Props = {
  readonly title: string
  readonly nameOfRow: string
  readonly shares: readonly Share[]
  readonly total: Picodollars
}

const Bar = ({ percent }: { percent: number }) => (
  <Box bg="var(--ownkey-track)" h={8} style={{ borderRadius: 4, overflow: 'hidden' }} aria-hidden>
    <Box bg="accent" h={8} w={`${percent}%`} />
  </Box>
)

const Line = ({ share, total }: { share: Share; total: Picodollars }) => {
  const { locale } = useSpeech()
  const percent = total <= 0n ? 0 : percentOf(share.settled, total)
  const written = new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100)
  return (
    <Table.Tr data-share={share.key}>
      <Table.Td>
        <Text component="div" inherit truncate dir="auto" title={share.name}>
          {share.address === undefined ? (
            share.name
          ) : (
            <Anchor inherit href={share.address}>
              {share.name}
            </Anchor>
          )}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <Bar percent={percent} />
      </Table.Td>
      <Table.Td ta="end">{written}</Table.Td>
      <Table.Td ta="end" visibleFrom="xs">
        {new Intl.NumberFormat(locale).format(share.receipts)}
      </Table.Td>
      <Table.Td ta="end">
        <Amount amount={share.settled} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Who or what had which share of the month, the dearest first. */
export const Shares = ({ title, nameOfRow, shares, total }: Props) => {
  const { t } = useSpeech()
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="xs">
        {title}
      </Title>
      <Table verticalSpacing={6} fz="sm" layout="fixed" aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{nameOfRow}</Table.Th>
            <Table.Th visibleFrom="xs" aria-hidden />
            <Table.Th ta="end" w={72}>
              {t('options.spend.share')}
            </Table.Th>
            <Table.Th ta="end" w={88} visibleFrom="xs">
              {t('options.spend.receipts')}
            </Table.Th>
            <Table.Th ta="end" w={104}>
              {t('options.spend.amount')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shares.map((share) => (
            <Line key={share.key} share={share} total={total} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
