import { Button, Group, Kbd, Stack, Text } from '@mantine/core'
import type { OpenOutcome } from '../messages.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing, useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

/** Opens the assistant on the page below the popup, and names the keys that do the same. */
export const DraftButton = ({ filled }: { filled: boolean }) => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  const shortcut = useReading(['shortcut'], surroundings.shortcut)
  const opening = useDoing<void, OpenOutcome>(surroundings.openAssistant, () => surroundings.close())
  const keys = shortcut.state === 'ready' ? shortcut.value : ''
  return (
    <Stack gap={6}>
      <Group gap="sm" wrap="nowrap">
        <Button
          flex={1}
          variant={filled ? 'filled' : 'default'}
          loading={opening.busy}
          onClick={() => opening.start()}
        >
          {t('popup.open.draft')}
        </Button>
        {keys !== '' && (
          <Text component="span" style={{ flex: 'none' }} title={t('popup.open.shortcut')}>
            <Kbd size="xs">{keys}</Kbd>
          </Text>
        )}
      </Group>
      {opening.problem !== undefined && <ProblemText problem={opening.problem} />}
    </Stack>
  )
}
