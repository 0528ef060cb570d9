import { Stack, Text, Title } from '@mantine/core'
import { PairingForm } from '../ui/pairing/PairingForm.tsx'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

/** What a browser shows that is not paired. */
export const Pairing = () => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
  const { deviceName, timeZone, typedAddress } = surroundings
  return (
    <Stack gap="sm" p="md" component="main">
      <Title order={1} fz="md">
        {t('popup.pairing.title')}
      </Title>
      <Text fz="sm" c="dimmed">
        {t('popup.pairing.intro')}
      </Text>
      <PairingForm
        vault={vault}
        browser={{ deviceName, timeZone }}
        filled={{ address: typedAddress.read(), code: '' }}
        onAddress={typedAddress.keep}
        onPaired={() => typedAddress.keep('')}
      />
    </Stack>
  )
}
