import { Box, Text } from '@mantine/core'
import { pico } from '../../../../shared/money.ts'
import type { Attempt } from '../../../../shared/receipts.ts'
import { exactAmount } from '../../../ui/amounts.ts'
import { type Speech, useSpeech } from '../../../ui/words/speech.ts'

/** That a call cost more than was reserved for it, and by how much a cap may so have been passed; undefined where it did not. */
export const overHoldInWords = (
  { t, locale }: Speech,
  { settled, held }: Pick<Attempt, 'settled' | 'held'>,
): string | undefined =>
  settled <= held
    ? undefined
    : t('options.receipt.overHold', { over: exactAmount(pico(settled - held), locale) })

/** Says that a call cost more than was reserved for it. */
export const OverHold = ({ attempt }: { attempt: Attempt }) => {
  const speech = useSpeech()
  const sentence = overHoldInWords(speech, attempt)
  if (sentence === undefined) return null
  return (
    <Box data-over-hold>
      <Text fz="sm" fw={600} c="var(--ownkey-ink-red)">
        {speech.t('options.receipt.overHoldTitle')}
      </Text>
      <Text fz="sm">{sentence}</Text>
    </Box>
  )
}
