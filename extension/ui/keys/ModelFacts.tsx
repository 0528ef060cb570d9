import { Text } from '@mantine/core'
import type { KeyModel } from '../../../shared/keys.ts'
import { amountInWords, countInWords } from '../amounts.ts'
import { dateInWords } from '../moments.ts'
import { type Speech, useSpeech } from '../words/speech.ts'

const priceInWords = ({ t, locale }: Speech, { price }: KeyModel): string =>
  price === null
    ? t('popup.connect.unpriced')
    : t('popup.connect.price', {
        input: amountInWords(price.input, locale),
        output: amountInWords(price.output, locale),
      })

type Props = {
  readonly model: KeyModel
  /** True: also how much it takes in. */
  readonly whole?: boolean
}

/** Price per million tokens, and when the provider retires the model if it has said so. */
export const ModelFacts = ({ model, whole = false }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { contextTokens } = model
  return (
    <Text fz="xs" c="dimmed" component="span" display="block">
      {priceInWords(speech, model)}
      {whole &&
        contextTokens !== null &&
        ` · ${t('popup.model.context', { tokens: countInWords(contextTokens, locale) })}`}
      {model.retiresAt !== null && (
        <Text component="span" inherit c="var(--ownkey-ink-amber)">
          {' · '}
          {t('popup.connect.retires', { day: dateInWords(model.retiresAt, locale) })}
        </Text>
      )}
    </Text>
  )
}
