import { Box, Button, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Key, KeyModel } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { ProblemText } from '../ProblemText.tsx'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { ModelFacts } from './ModelFacts.tsx'

const Choice = ({ model }: { model: KeyModel }) => (
  <Radio
    value={model.id}
    disabled={model.price === null}
    label={model.name}
    description={<ModelFacts model={model} />}
  />
)

type Props = { readonly vault: Vault; readonly card: Key; readonly onDone: () => void }

/** Chooses what a key drafts with, among the models that this key may use. */
export const ModelForm = ({ vault, card, onDone }: Props) => {
  const { t } = useSpeech()
  const [chosen, setChosen] = useState(card.model.id)
  const changing = useDoing((model: string) => vault.changeKey(card.id, { model }), onDone)
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t('popup.model.hint')}
      </Text>
      <Box mah={320} mx={-16} px={16} py={4} style={{ overflowY: 'auto' }}>
        <Radio.Group value={chosen} onChange={setChosen} aria-label={t('popup.model.title')}>
          <Stack gap="sm">
            {card.models.map((model) => (
              <Choice key={model.id} model={model} />
            ))}
          </Stack>
        </Radio.Group>
      </Box>
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
