import { Fieldset, Select, Stack, Text } from '@mantine/core'
import type { KeyModel } from '../../../shared/keys.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { type ChannelModels, type Choosable, withModel } from './models.ts'

/** Stands for the provider's usual model; no model has an empty id. */
const USUAL = ''

type Choice = { readonly value: string; readonly label: string }

const choiceOf = ({ t, locale }: Speech, { id, name, price }: KeyModel): Choice => ({
  value: id,
  label:
    price === null
      ? name
      : t('options.channels.form.withPrice', {
          model: name,
          input: amountInWords(price.input, locale),
          output: amountInWords(price.output, locale),
        }),
})

const choicesOf = (speech: Speech, { usual, models }: Choosable, chosen: string | undefined): Choice[] => {
  const { t } = speech
  const isGone = chosen !== undefined && !models.some(({ id }) => id === chosen)
  return [
    { value: USUAL, label: t('options.channels.form.usual', { model: usual.name }) },
    ...models.map((model) => choiceOf(speech, model)),
    ...(isGone ? [{ value: chosen, label: t('options.channels.form.notOffered', { model: chosen }) }] : []),
  ]
}

type Props = {
  readonly choosable: readonly Choosable[]
  readonly models: ChannelModels
  readonly onChange: (models: ChannelModels) => void
}

/** Which model each connected provider answers with in a channel; as usual, unless somebody says otherwise. */
export const ModelFields = ({ choosable, models, onChange }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  return (
    <Fieldset legend={t('options.channels.form.models')} p="sm">
      <Stack gap="sm">
        <Text fz="xs" c="dimmed">
          {t('options.channels.form.modelsHint')}
        </Text>
        {choosable.map((one) => {
          const { provider } = one
          return (
            <Select
              key={provider}
              label={t('options.channels.form.modelOf', { provider: t(`providers.${provider}`) })}
              data={choicesOf(speech, one, models[provider])}
              value={models[provider] ?? USUAL}
              onChange={(model) =>
                onChange(withModel(models, provider, model === USUAL || model === null ? null : model))
              }
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
            />
          )
        })}
      </Stack>
    </Fieldset>
  )
}
