import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { ModelPrice, PriceTerms } from '../../../../shared/books/prices.ts'
import type { Bucket } from '../../../../shared/providers.ts'
import { readPercent, readRate } from '../../../ui/keys/rates-typed.ts'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { useDoing } from '../../../ui/reading.ts'
import { type Speech, useSpeech } from '../../../ui/words/speech.ts'
import { OpenDialog } from '../../frame/OpenDialog.tsx'
import { useParts } from '../../parts.tsx'
import { PriceFields } from './PriceFields.tsx'
import { PriceHistory } from './PriceHistory.tsx'
import { sold, type Typed, termsOf, typedFrom } from './terms.ts'

type Props = {
  readonly price: ModelPrice
  readonly timeZone: string
  readonly onClose: () => void
  /** Told when the vault has taken it. */
  readonly onSaved: () => void
}

/** Kinds of price that fit what is known of the model. */
const kindsFor = ({ provider, list }: ModelPrice): readonly PriceTerms['kind'][] => {
  if (list !== null) return ['list', 'discount', 'price']
  return provider === 'compatible' ? ['list', 'free', 'price', 'ceiling'] : ['list', 'ceiling']
}

/** Why a model has no price, and what follows from it. */
const unlistedInWords = ({ t }: Speech, { provider }: ModelPrice): string =>
  provider === 'compatible' ? t('options.prices.dialog.ownEndpoint') : t('options.prices.dialog.ceiling')

const kindInWords = ({ t }: Speech, { list }: ModelPrice, kind: PriceTerms['kind']): string =>
  kind === 'list' && list === null ? t('options.prices.noList') : t(`options.prices.kinds.${kind}`)

/** What is wrong with the fields of the chosen kind, each beside its field. */
const flawsOf = ({ t, locale }: Speech, { provider }: ModelPrice, typed: Typed): Record<string, string> => {
  const flaws: Record<string, string> = {}
  const judge = (field: string, text: string): void => {
    if (readRate(text, locale) === undefined) flaws[field] = t('options.prices.dialog.malformed')
  }
  if (typed.kind === 'discount' && readPercent(typed.percent, locale) === undefined)
    flaws.percent = t('options.prices.dialog.malformedPercent')
  if (typed.kind === 'price')
    for (const bucket of sold[provider] satisfies readonly Bucket[])
      judge(`rates.${bucket}`, typed.rates[bucket])
  if (typed.kind === 'ceiling') {
    judge('input', typed.input)
    judge('output', typed.output)
  }
  return flaws
}

/** Saves what was typed. A price that may be a slip is saved when the very same is asked for once more. */
const useSetPrice = ({ provider, model }: ModelPrice, onSaved: () => void) => {
  const { vault } = useParts()
  const [asked, setAsked] = useState<PriceTerms>()
  const setting = useDoing(vault.setPrice, onSaved)
  const doubted = setting.problem?.slug === 'price-unusual' ? asked : undefined
  return {
    ...setting,
    isDoubted: doubted !== undefined,
    forget: () => setAsked(undefined),
    save: (terms: PriceTerms) => {
      setAsked(terms)
      setting.start({ provider, model, terms, confirmed: doubted !== undefined })
    },
  }
}

const Form = ({ price, timeZone, onSaved }: Omit<Props, 'onClose'>) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const setting = useSetPrice(price, onSaved)
  const form = useForm<Typed>({
    mode: 'controlled',
    initialValues: typedFrom(price, locale),
    validate: (typed) => flawsOf(speech, price, typed),
    onValuesChange: setting.forget,
  })
  const save = (typed: Typed) => {
    const terms = termsOf(price, typed, locale)
    if (terms !== undefined) setting.save(terms)
  }
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack gap="sm">
        {price.list === null && <Text fz="sm">{unlistedInWords(speech, price)}</Text>}
        <NativeSelect
          label={t('options.prices.dialog.what')}
          data-autofocus
          data={kindsFor(price).map((value) => ({ value, label: kindInWords(speech, price, value) }))}
          {...form.getInputProps('kind')}
        />
        <PriceFields price={price} form={form} />
        {setting.problem !== undefined && <ProblemText problem={setting.problem} />}
        <Group>
          <Button type="submit" loading={setting.busy}>
            {setting.isDoubted ? t('options.prices.dialog.confirm') : t('options.prices.dialog.save')}
          </Button>
        </Group>
        <PriceHistory price={price} timeZone={timeZone} />
      </Stack>
    </form>
  )
}

/** What a model costs from now on, and what it was. Escape leaves everything as it is. */
export const PriceDialog = ({ onClose, ...props }: Props) => {
  const { t } = useSpeech()
  return (
    <OpenDialog
      title={t('options.prices.dialog.title', { model: props.price.modelName })}
      onClose={onClose}
      width={520}
    >
      <Form {...props} />
    </OpenDialog>
  )
}
