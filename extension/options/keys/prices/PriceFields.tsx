import { SimpleGrid, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ModelPrice } from '../../../../shared/books/prices.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { sold, type Typed } from './terms.ts'

type Props = { readonly price: ModelPrice; readonly form: UseFormReturnType<Typed> }

const amount = { inputMode: 'decimal', autoComplete: 'off', leftSection: '$' } as const

const Rates = ({ price, form }: Props) => {
  const { t, locale } = useSpeech()
  const over = price.list?.longOver ?? null
  return (
    <>
      <Text fz="sm" c="dimmed">
        {t('options.prices.dialog.each')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs" style={{ alignItems: 'end' }}>
        {sold[price.provider].map((bucket) => (
          <TextInput
            key={bucket}
            {...amount}
            label={t(`buckets.${bucket}`)}
            {...form.getInputProps(`rates.${bucket}`)}
          />
        ))}
      </SimpleGrid>
      {over !== null && (
        <Text fz="sm" c="dimmed">
          {t('options.prices.dialog.long', { over: new Intl.NumberFormat(locale).format(over) })}
        </Text>
      )}
    </>
  )
}

const Ceiling = ({ form }: Props) => {
  const { t } = useSpeech()
  return (
    <>
      <TextInput {...amount} label={t('options.prices.dialog.input')} {...form.getInputProps('input')} />
      <TextInput {...amount} label={t('options.prices.dialog.output')} {...form.getInputProps('output')} />
    </>
  )
}

const Discount = ({ form }: Props) => {
  const { t } = useSpeech()
  return (
    <>
      <TextInput
        inputMode="decimal"
        autoComplete="off"
        rightSection="%"
        label={t('options.prices.dialog.percent')}
        {...form.getInputProps('percent')}
      />
      <Text fz="sm" c="dimmed">
        {t('options.prices.dialog.follows')}
      </Text>
    </>
  )
}

const Free = () => {
  const { t } = useSpeech()
  return (
    <Text fz="sm" c="dimmed">
      {t('options.prices.dialog.free')}
    </Text>
  )
}

/** The fields of the kind of price that was chosen. */
export const PriceFields = (props: Props) => {
  const { kind } = props.form.values
  if (kind === 'discount') return <Discount {...props} />
  if (kind === 'price') return <Rates {...props} />
  if (kind === 'free') return <Free />
  return kind === 'ceiling' ? <Ceiling {...props} /> : null
}
