import { Center, Text } from '@mantine/core'
import { useSpeech } from '../ui/words/speech.ts'

/** All that is there until a person's gesture is confirmed, and all that a page sees that frames the panel by itself. */
export const Inert = () => {
  const { t } = useSpeech()
  return (
    <Center component="main" h="100dvh" p="xl">
      <Text component="h1" fz="sm" fw={400} c="dimmed" ta="center">
        {t('assistant.inert')}
      </Text>
    </Center>
  )
}
