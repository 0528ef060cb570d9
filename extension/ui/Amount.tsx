import { Text, type TextProps } from '@mantine/core'
import type { Picodollars } from '../../shared/money.ts'
import { amountInWords, exactAmount } from './amounts.ts'
import { useSpeech } from './words/speech.ts'

/** Dollars for reading, the exact value on hover. */
export const Amount = ({ amount, ...text }: { amount: Picodollars } & TextProps) => {
  const { locale } = useSpeech()
  return (
    <Text component="span" inherit title={exactAmount(amount, locale)} {...text}>
      {amountInWords(amount, locale)}
    </Text>
  )
}
