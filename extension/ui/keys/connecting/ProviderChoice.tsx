import { Radio, Stack } from '@mantine/core'
import { ProviderName } from '../../../../shared/providers.ts'
import { useSpeech } from '../../words/speech.ts'

type Props = {
  readonly providers: readonly ProviderName[]
  readonly chosen: ProviderName
  readonly onChoose: (provider: ProviderName) => void
}

/** Whose key it is, each provider with a sentence. */
export const ProviderChoice = ({ providers, chosen, onChoose }: Props) => {
  const { t } = useSpeech()
  return (
    <Radio.Group
      label={t('popup.connect.provider')}
      value={chosen}
      onChange={(name) => onChoose(ProviderName.parse(name))}
    >
      <Stack gap={6} mt={4}>
        {providers.map((name) => (
          <Radio
            key={name}
            value={name}
            label={t(`providers.${name}`)}
            description={t(`connecting.sorts.${name}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
