import { Box, Text } from '@mantine/core'
import type { Picodollars } from '../../../shared/money.ts'
import { Amount } from '../../ui/Amount.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'

/** By how much the cap could be passed at most, and one click away what that rests on. */
export const Overshoot = ({ amount }: { amount: Picodollars }) => {
  const { t } = useSpeech()
  return (
    <Section title={t('options.caps.overshoot.title')}>
      <Text fz="sm">
        <Amount amount={amount} fw={600} />:{' '}
        {amount === 0n ? t('options.spend.overshootNone') : t('options.spend.overshootSome')}.
      </Text>
      <Box component="details" fz="sm">
        <summary>{t('options.caps.overshoot.why')}</summary>
        <Text fz="sm" c="dimmed" mt={6} maw={640}>
          {t('options.spend.overshootAssumption')}
        </Text>
      </Box>
    </Section>
  )
}
