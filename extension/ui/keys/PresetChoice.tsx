import { Group, Radio, Text } from '@mantine/core'
import { usualCost } from '../../../shared/books/usual-draft.ts'
import type { KeyModel } from '../../../shared/keys.ts'
import { amountInWords } from '../amounts.ts'
import { useSpeech } from '../words/speech.ts'
import type { PresetModel } from './presets.ts'

const Costs = ({ model }: { model: KeyModel }) => {
  const { t, locale } = useSpeech()
  if (model.price === null) return null
  return (
    <Text component="span" inherit fw={400} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {t('popup.model.usualDraft', { cost: amountInWords(usualCost(model.price), locale) })}
    </Text>
  )
}

/** A model by what it is good for, with what a usual draft costs. */
export const PresetChoice = ({ preset: { presets, model } }: { preset: PresetModel }) => {
  const { t, locale } = useSpeech()
  const names = presets.map((preset) => t(`popup.model.presets.${preset}`))
  const label = new Intl.ListFormat(locale, { type: 'unit' }).format(names)
  return (
    <Radio
      value={model.id}
      label={
        <Group component="span" justify="space-between" gap="xs" fw={600}>
          {label} <Costs model={model} />
        </Group>
      }
      styles={{ labelWrapper: { flex: 1 } }}
      description={
        <>
          <Text component="span" fz="sm" display="block" c="var(--mantine-color-text)">
            {model.name}
          </Text>
          {presets.length === 1 && presets[0] !== undefined && t(`popup.model.presetHints.${presets[0]}`)}
        </>
      }
    />
  )
}
