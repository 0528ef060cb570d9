import { Box, Text } from '@mantine/core'
import type { Flaw } from '../../../../shared/receipts.ts'
import { type Speech, useSpeech } from '../../../ui/words/speech.ts'

/** The contradiction as a sentence, with its two numbers. */
export const contradictionInWords = ({ t, locale }: Speech, { of, counted, told }: Flaw): string => {
  const number = new Intl.NumberFormat(locale)
  return t(`options.receipt.contradictions.${of}`, {
    counted: number.format(counted),
    told: number.format(told),
  })
}

/** Says that the provider's counts contradict each other, and how that is settled. */
export const Contradiction = ({ flaw }: { flaw: Flaw | null }) => {
  const speech = useSpeech()
  if (flaw === null) return null
  return (
    <Box data-flaw={flaw.of}>
      <Text fz="sm" fw={600} c="var(--ownkey-ink-amber)">
        {speech.t('options.receipt.flawed')}
      </Text>
      <Text fz="sm">
        {contradictionInWords(speech, flaw)} {speech.t('options.receipt.largerCounts')}
      </Text>
    </Box>
  )
}
