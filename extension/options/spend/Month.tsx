import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Spend } from '../../../shared/spend.ts'
import { amountInWords, percentOf } from '../../ui/amounts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { dayInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { byDay, driverOf, modelsOf, soFar } from './figures.ts'
import { MonthChart } from './MonthChart.tsx'
import { MonthTable } from './MonthTable.tsx'

const looks = ['so-far', 'by-day', 'table'] as const
type Look = (typeof looks)[number]

const shareInWords = (part: bigint, whole: bigint, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(percentOf(part, whole) / 100)

/** Below this share of the cap the bars of the sums would be too low to read beside its line. */
const READABLE_PERCENT = 10

const isLook = (name: string): name is Look => looks.some((look) => look === name)

const firstLook = ({ cap }: Spend): Look =>
  percentOf(cap.settled, cap.limit) >= READABLE_PERCENT ? 'so-far' : 'by-day'

const Sentences = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  const driver = driverOf(spend)
  if (driver === undefined || spend.days.length === 1) return null
  const { model, total, day } = driver
  return (
    <Text fz="sm">
      {t('options.spend.drove', {
        model: model.name,
        share: shareInWords(model.total, total, locale),
        total: amountInWords(total, locale),
        day: dayInWords(Date.parse(`${day.day}T12:00:00Z`), locale, 'UTC'),
        amount: amountInWords(day.total, locale),
      })}
    </Text>
  )
}

const Picture = ({ spend, look }: { spend: Spend; look: Look }) => {
  const { t } = useSpeech()
  if (look === 'table') return <MonthTable lines={spend.days} />
  const withCap = look === 'so-far'
  return (
    <MonthChart
      days={withCap ? soFar(spend) : byDay(spend)}
      models={modelsOf(spend)}
      cap={spend.cap}
      withCap={withCap}
      label={withCap ? t('options.spend.cumulative') : t('options.spend.byDay')}
    />
  )
}

/** The month as a chart or as its table, with what drove it in one sentence. */
export const Month = ({ spend }: { spend: Spend }) => {
  const { t } = useSpeech()
  const [look, setLook] = useState<Look>(firstLook(spend))
  const names = {
    'so-far': t('options.spend.cumulative'),
    'by-day': t('options.spend.chart'),
    table: t('options.spend.table'),
  }
  if (spend.days.length === 0)
    return (
      <Paper withBorder>
        <EmptyState title={t('options.spend.emptyTitle')} todo={t('options.spend.emptyTodo')} />
      </Paper>
    )
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} fz="md">
            {t('options.spend.byDay')}
          </Title>
          <SegmentedControl
            size="sm"
            aria-label={t('options.spend.look')}
            value={look}
            data={looks.map((value) => ({ value, label: names[value] }))}
            onChange={(value) => isLook(value) && setLook(value)}
          />
        </Group>
        <Picture spend={spend} look={look} />
        <Sentences spend={spend} />
        {spend.estimated > 0 && (
          <Text fz="sm" c="var(--ownkey-ink-amber)">
            {t('options.spend.estimated', { count: spend.estimated })}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
