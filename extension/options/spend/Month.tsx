import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Spend } from '../../../shared/spend.ts'
import { percentOf } from '../../ui/amounts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { changeInWords } from './change.ts'
import { byDay, modelsOf, soFar } from './figures.ts'
import { MonthChart } from './MonthChart.tsx'
import { MonthTable } from './MonthTable.tsx'
import { monthInWords, presentMonth } from './months.ts'

const looks = ['so-far', 'by-day', 'table'] as const
type Look = (typeof looks)[number]

/** Below this share of the cap the bars of the sums would be too low to read beside its line. */
const READABLE_PERCENT = 10

const isLook = (name: string): name is Look => looks.some((look) => look === name)

/** The cap is that of the present month and of everybody, so only sums of the same stand beside it. */
const hasCap = (spend: Spend): boolean => spend.whose === 'everybody' && spend.month === presentMonth(spend)

const firstLook = (spend: Spend): Look =>
  hasCap(spend) && percentOf(spend.settled, spend.cap.limit) >= READABLE_PERCENT ? 'so-far' : 'by-day'

const Change = ({ spend }: { spend: Spend }) => {
  const change = changeInWords(useSpeech(), spend)
  return change === undefined ? null : (
    <Text fz="sm" data-change>
      {change}
    </Text>
  )
}

const Picture = ({ spend, look }: { spend: Spend; look: Look }) => {
  const { t } = useSpeech()
  if (look === 'table') return <MonthTable lines={spend.days} />
  const isSum = look === 'so-far'
  return (
    <MonthChart
      days={isSum ? soFar(spend) : byDay(spend)}
      models={modelsOf(spend)}
      cap={spend.cap}
      withCap={isSum && hasCap(spend)}
      label={isSum ? t('options.spend.cumulative') : t('options.spend.byDay')}
    />
  )
}

const Empty = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  if (spend.month === presentMonth(spend))
    return <EmptyState title={t('options.spend.emptyTitle')} todo={t('options.spend.emptyTodo')} />
  const month = monthInWords(spend.month, locale)
  return (
    <EmptyState title={t('options.spend.emptyPast', { month })} todo={t('options.spend.emptyPastTodo')} />
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
        <Empty spend={spend} />
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
        <Change spend={spend} />
        {spend.estimated > 0 && (
          <Text fz="sm" c="var(--ownkey-ink-amber)">
            {t('options.spend.estimated', { count: spend.estimated })}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
