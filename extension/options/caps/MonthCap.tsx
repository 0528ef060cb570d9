import { SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import { zero } from '../../../shared/money.ts'
import { Amount } from '../../ui/Amount.tsx'
import { amountInWords } from '../../ui/amounts.ts'
import { CapBar } from '../../ui/CapBar.tsx'
import { reserveLeft } from '../../ui/drafts/reserve.ts'
import { momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { ChangeCap } from './ChangeCap.tsx'
import { RaiseMonth } from './RaiseMonth.tsx'
import { Reserve } from './Reserve.tsx'

type Props = { readonly cap: Cap; readonly paused: boolean }

const Figure = ({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) => (
  <Stack gap={0} role="group" aria-label={name}>
    <Text fz="xs" c="dimmed">
      {name}
    </Text>
    <Text fz={20} fw={600} lh={1.3}>
      {children}
    </Text>
    <Text fz="xs" c="dimmed">
      {hint}
    </Text>
  </Stack>
)

const Figures = ({ cap }: { cap: Cap }) => {
  const { t, locale } = useSpeech()
  const kept = reserveLeft(cap)
  const leftHint =
    kept === zero
      ? t('options.caps.leftHint')
      : t('options.caps.leftKept', { kept: amountInWords(kept, locale) })
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <Figure name={t('options.caps.settled')}>
        <Amount amount={cap.settled} />
      </Figure>
      <Figure name={t('options.caps.held')} hint={t('options.caps.heldHint')}>
        <Amount amount={cap.held} />
      </Figure>
      <Figure name={t('options.caps.left')} hint={leftHint}>
        <Amount amount={cap.left} />
      </Figure>
    </SimpleGrid>
  )
}

/** The month against its cap, when it starts anew, the form that changes it, its temporary raise and its reserve. */
export const MonthCap = ({ cap, paused }: Props) => {
  const { t, locale } = useSpeech()
  const { endsAt, timeZone } = cap.period
  return (
    <Section title={t('options.caps.workspace')}>
      <CapBar cap={cap} paused={paused} label={null} compact />
      <Figures cap={cap} />
      <Text fz="sm" c="dimmed">
        {t('options.caps.resets', { moment: momentInWords(endsAt, locale, timeZone), zone: timeZone })}
      </Text>
      <RaiseMonth cap={cap} />
      <ChangeCap cap={cap} />
      <Reserve cap={cap} />
    </Section>
  )
}
