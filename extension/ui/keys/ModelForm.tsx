import { Box, Button, Group, Radio, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Key, KeyModel } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { ProblemText } from '../ProblemText.tsx'
import { QuietButton } from '../QuietButton.tsx'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { ModelFacts } from './ModelFacts.tsx'
import { PresetChoice } from './PresetChoice.tsx'
import { presetModels } from './presets.ts'

const Choice = ({ model }: { model: KeyModel }) => (
  <Radio
    value={model.id}
    disabled={model.price === null}
    label={model.name}
    description={<ModelFacts model={model} whole />}
  />
)

type ChoicesProps = {
  readonly chosen: string
  readonly onChoose: (model: string) => void
  readonly children: ReactNode
}

const Choices = ({ chosen, onChoose, children }: ChoicesProps) => {
  const { t } = useSpeech()
  return (
    <Box mah={320} mx={-16} px={16} py={4} style={{ overflowY: 'auto' }}>
      <Radio.Group value={chosen} onChange={onChoose} aria-label={t('popup.model.title')}>
        <Stack gap="sm">{children}</Stack>
      </Radio.Group>
    </Box>
  )
}

/** Three choices first; the whole list where they are none, or the model in use is not among them. */
const useChoosing = ({ model, models }: Key) => {
  const presets = presetModels(models)
  const [chosen, choose] = useState(model.id)
  const [all, setAll] = useState(!presets.some((preset) => preset.model.id === model.id))
  return { presets, chosen, choose, all, setAll }
}

type Props = { readonly vault: Vault; readonly card: Key; readonly onDone: () => void }

/** Chooses what the keys of a provider draft with, among the models that this one may use. */
export const ModelForm = ({ vault, card, onDone }: Props) => {
  const { t } = useSpeech()
  const { presets, chosen, choose, all, setAll } = useChoosing(card)
  const changing = useDoing((model: string) => vault.changeKey(card.id, { model }), onDone)
  const more = all ? t('popup.model.few') : t('popup.model.all', { number: card.models.length })
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t('popup.model.hint', { provider: t(`providers.${card.provider}`) })}
      </Text>
      <Choices chosen={chosen} onChoose={choose}>
        {all
          ? card.models.map((model) => <Choice key={model.id} model={model} />)
          : presets.map((preset) => <PresetChoice key={preset.model.id} preset={preset} />)}
      </Choices>
      {presets.length > 0 && (
        <Group>
          <QuietButton onClick={() => setAll(!all)}>{more}</QuietButton>
        </Group>
      )}
      {changing.problem !== undefined && <ProblemText problem={changing.problem} />}
      <Button
        loading={changing.busy}
        disabled={chosen === card.model.id}
        onClick={() => changing.start(chosen)}
      >
        {t('popup.model.use')}
      </Button>
    </Stack>
  )
}
