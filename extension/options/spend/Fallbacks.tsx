import { BarChart } from '@mantine/charts'
import { Anchor, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import type { FallbackDay, Spend } from '../../../shared/spend.ts'
import { countInWords } from '../../ui/amounts.ts'
import { dayInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { writeRoute } from '../route.ts'
import { daysIn } from './months.ts'

const dayName = (day: string, locale: string): string =>
  dayInWords(Date.parse(`${day}T12:00:00Z`), locale, 'UTC')

const shareOf = ({ replies, fellBack }: FallbackDay): number => (replies === 0 ? 0 : fellBack / replies)

const shareInWords = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)

type Props = { readonly days: readonly FallbackDay[]; readonly month: string }

/** The share of each day from zero; days without a reply stay empty. The table behind it has the numbers. */
const Chart = ({ days, month }: Props) => {
  const { t, locale } = useSpeech()
  const known = new Map(days.map((day) => [day.day, shareOf(day)]))
  const data = daysIn(month).map((day) => ({ day: dayName(day, locale), share: known.get(day) ?? 0 }))
  return (
    <figure aria-label={t('options.spend.fallbacks.chart')} style={{ margin: 0 }}>
      <BarChart
        h={120}
        data={data}
        dataKey="day"
        series={[{ name: 'share', label: t('options.spend.fallbacks.share'), color: 'yellow.6' }]}
        valueFormatter={(share) => shareInWords(share, locale)}
        yAxisProps={{ width: 72, domain: [0, 'auto'], tickCount: 3 }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 12 }}
        barProps={{ isAnimationActive: false, maxBarSize: 28 }}
      />
    </figure>
  )
}

const Line = ({ day }: { day: FallbackDay }) => {
  const { locale } = useSpeech()
  return (
    <Table.Tr>
      <Table.Td>{dayName(day.day, locale)}</Table.Td>
      <Table.Td ta="end">{countInWords(day.replies, locale)}</Table.Td>
      <Table.Td ta="end">{countInWords(day.fellBack, locale)}</Table.Td>
      <Table.Td ta="end">{shareInWords(shareOf(day), locale)}</Table.Td>
    </Table.Tr>
  )
}

/** Only days on which somebody was needed, newest first. */
const DayTable = ({ days }: { days: readonly FallbackDay[] }) => {
  const { t } = useSpeech()
  const needed = days.filter(({ fellBack }) => fellBack > 0).toReversed()
  return (
    <details>
      <Text component="summary" fz="sm" c="dimmed" style={{ cursor: 'pointer' }}>
        {t('options.spend.fallbacks.table')}
      </Text>
      <Table verticalSpacing={6} mt="xs" maw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.spend.fallbacks.day')}</Table.Th>
            <Table.Th ta="end">{t('options.spend.fallbacks.replies')}</Table.Th>
            <Table.Th ta="end">{t('options.spend.fallbacks.fellBack')}</Table.Th>
            <Table.Th ta="end">{t('options.spend.fallbacks.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {needed.map((day) => (
            <Line key={day.day} day={day} />
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}

const total = (days: readonly FallbackDay[], of: 'replies' | 'fellBack'): number =>
  days.reduce((count, day) => count + day[of], 0)

/** How often one call was not enough, by day, with the way to these receipts; nothing where it always was. */
export const Fallbacks = ({ spend: { fallbacks, month } }: { spend: Pick<Spend, 'fallbacks' | 'month'> }) => {
  const { t, locale } = useSpeech()
  const fellBack = total(fallbacks, 'fellBack')
  if (fellBack === 0) return null
  const last = daysIn(month).at(-1) ?? ''
  const query = new URLSearchParams({ fellBack: 'yes', from: `${month}-01`, to: last })
  return (
    <Paper withBorder p="md" component="section" data-fallbacks={fellBack}>
      <Stack gap="sm">
        <Title order={2} fz="md">
          {t('options.spend.fallbacks.title')}
        </Title>
        <Group gap="xs">
          <Text fz="sm">
            {t('options.spend.fallbacks.rate', {
              count: total(fallbacks, 'replies'),
              fellBack: countInWords(fellBack, locale),
            })}
          </Text>
          <Anchor fz="sm" href={writeRoute('receipts', undefined, query)}>
            {t('options.spend.fallbacks.receipts')}
          </Anchor>
        </Group>
        <Chart days={fallbacks} month={month} />
        <DayTable days={fallbacks} />
      </Stack>
    </Paper>
  )
}
