import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { ColorSwatch, Group } from '@mantine/core'
import type { Cap } from '../../../shared/cap.ts'
import { amountInWords, barHeight, heightInWords } from '../../ui/amounts.ts'
import { dayInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import type { DayFigures, ModelFigures } from './figures.ts'

const colors = [
  'accent.7',
  'accent.4',
  'indigo.5',
  'grape.5',
  'orange.6',
  'lime.6',
  'pink.4',
  'yellow.5',
  'gray.6',
] as const

/** The models that cost most have a color of their own; all others share the last. */
const colorOf = (rank: number): string => colors[Math.min(rank, colors.length - 1)] ?? 'gray.6'

const Legend = ({ models }: { models: readonly ModelFigures[] }) => (
  <Group component="figcaption" gap="md" fz="xs" mt="xs">
    {models.map(({ key, name }, rank) => (
      <Group key={key} component="span" gap={6} wrap="nowrap">
        <ColorSwatch
          component="span"
          color={`var(--mantine-color-${colorOf(rank).replace('.', '-')})`}
          size={10}
          withShadow={false}
        />
        {name}
      </Group>
    ))}
  </Group>
)

type Props = {
  readonly days: readonly DayFigures[]
  readonly models: readonly ModelFigures[]
  readonly cap: Cap
  readonly label: string
  /** The bars are sums of the month, so the cap is drawn as a line at its height. */
  readonly withCap: boolean
}

type Bar = Record<string, number | string>

const barOf = (figures: DayFigures, locale: string): Bar => ({
  day: dayInWords(Date.parse(`${figures.day}T12:00:00Z`), locale, 'UTC'),
  ...Object.fromEntries([...figures.byModel].map(([key, amount]) => [key, barHeight(amount)])),
})

/** Days of the month as bars from zero, stacked by model. Days to come stay empty. A table behind it has the exact numbers. */
export const MonthChart = ({ days, models, cap, label, withCap }: Props) => {
  const { t, locale } = useSpeech()
  const capLine = {
    y: barHeight(cap.limit),
    label: t('options.spend.capLine', { limit: amountInWords(cap.limit, locale) }),
    color: 'var(--ownkey-ink-red)',
    labelPosition: 'insideBottomRight' as const,
    ifOverflow: 'extendDomain' as const,
  }
  return (
    <figure aria-label={label} style={{ margin: 0 }}>
      <BarChart
        h={280}
        data={days.map((day) => barOf(day, locale))}
        dataKey="day"
        type="stacked"
        series={models.map(({ key, name }, index) => ({ name: key, label: name, color: colorOf(index) }))}
        valueFormatter={(height) => heightInWords(height, locale)}
        yAxisProps={{ width: 72, domain: [0, 'auto'] }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 12 }}
        barProps={{ isAnimationActive: false, maxBarSize: 28 }}
        {...(withCap ? { referenceLines: [capLine] } : {})}
      />
      <Legend models={models} />
    </figure>
  )
}
