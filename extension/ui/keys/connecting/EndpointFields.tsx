import { NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { Dialect } from '../../../../shared/keys.ts'
import { useSpeech } from '../../words/speech.ts'
import { addressAfter, type Typed } from './typed.ts'

/** The one that most people mean first. */
const dialects: readonly Dialect[] = ['mistral', 'ollama', 'plain', 'openai', 'anthropic']

/** What an address looks like. */
const examples: Record<Dialect, string> = {
  mistral: 'https://api.mistral.ai/v1',
  ollama: 'http://localhost:11434/v1',
  plain: 'https://models.example.com/v1',
  openai: 'https://gateway.example.com/v1',
  anthropic: 'https://gateway.example.com',
}

/** Where an endpoint of one's own is, and what it speaks. */
export const EndpointFields = ({ form }: { form: UseFormReturnType<Typed> }) => {
  const { t } = useSpeech()
  const { dialect } = form.values
  const choose = (chosen: Dialect) =>
    form.setValues({ dialect: chosen, address: addressAfter(form.values, chosen) })
  return (
    <>
      <NativeSelect
        label={t('connecting.dialect')}
        description={t(`connecting.dialects.${dialect}.hint`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={dialects.map((value) => ({ value, label: t(`connecting.dialects.${value}.name`) }))}
        value={dialect}
        onChange={({ currentTarget }) => choose(Dialect.parse(currentTarget.value))}
      />
      <TextInput
        type="url"
        dir="ltr"
        label={t('connecting.address')}
        description={t('connecting.addressHint')}
        placeholder={examples[dialect]}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('address')}
      />
    </>
  )
}
