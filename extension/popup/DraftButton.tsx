import { Button, Stack, Text } from '@mantine/core'
import type { OpenOutcome } from '../messages.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing, useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

const Shortcut = ({ keys }: { keys: string }) => {
  const { t } = useSpeech()
  return (
    <Text component="kbd" fz="xs" ff="inherit" c="inherit" aria-hidden title={t('popup.open.shortcut')}>
      {keys}
    </Text>
  )
}

/** Opens the assistant on the page below the popup, and names the keys that do the same. */
export const DraftButton = () => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  const shortcut = useReading(['shortcut'], surroundings.shortcut)
  const opening = useDoing<void, OpenOutcome>(surroundings.openAssistant, () => surroundings.close())
  const keys = shortcut.state === 'ready' ? shortcut.value : ''
  return (
    <Stack gap={6}>
      <Button
        fullWidth
        justify="space-between"
        loading={opening.busy}
        aria-keyshortcuts={keys}
        rightSection={<Shortcut keys={keys} />}
        onClick={() => opening.start()}
      >
        {t('popup.open.draft')}
      </Button>
      {opening.problem !== undefined && <ProblemText problem={opening.problem} />}
    </Stack>
  )
}
