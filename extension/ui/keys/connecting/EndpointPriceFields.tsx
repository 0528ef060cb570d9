import { Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSpeech } from '../../words/speech.ts'
import type { Typed } from './typed.ts'

type Form = { readonly form: UseFormReturnType<Typed> }

const amount = { inputMode: 'decimal', autoComplete: 'off', leftSection: '$' } as const

const Rates = ({ form }: Form) => {
  const { t } = useSpeech()
  return (
    <SimpleGrid cols={2} spacing="xs" style={{ alignItems: 'start' }}>
      <TextInput {...amount} label={t('connecting.input')} {...form.getInputProps('input')} />
      <TextInput {...amount} label={t('connecting.output')} {...form.getInputProps('output')} />
    </SimpleGrid>
  )
}

/** Which model answers and what it costs, which nobody else can tell of an endpoint of one's own. */
export const EndpointPriceFields = ({ form }: Form) => {
  const { t } = useSpeech()
  return (
    <Stack gap="sm">
      <TextInput
        dir="ltr"
        label={t('connecting.model')}
        description={t('connecting.modelHint')}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('model')}
      />
      <Radio.Group
        label={t('connecting.price')}
        description={t('connecting.priceHint')}
        {...form.getInputProps('costs')}
      >
        <Group gap="md" mt={6}>
          <Radio value="price" label={t('connecting.prices.price')} />
          <Radio value="free" label={t('connecting.prices.free')} />
        </Group>
      </Radio.Group>
      {form.values.costs === 'price' ? (
        <Rates form={form} />
      ) : (
        <Text fz="xs" c="dimmed">
          {t('connecting.free')}
        </Text>
      )}
    </Stack>
  )
}
