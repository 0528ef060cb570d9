import { Box, Group, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { pauseInWords } from '../ui/drafts/pause.ts'
import { useSpeech } from '../ui/words/speech.ts'

const Dot = ({ color }: { color: string }) => (
  <Box w={8} h={8} bg={color} style={{ borderRadius: '50%', flex: 'none' }} aria-hidden />
)

/** Whether AI is on; otherwise why it is paused, and what this member can do about it. */
export const State = ({ status, manages }: { status: Status; manages: boolean }) => {
  const speech = useSpeech()
  const { t } = speech
  const { on, urgent } = status.ai
  const pause = pauseInWords(speech, status, manages)
  const ink = urgent ? 'amber' : 'red'
  return (
    <Stack gap={2} role="status">
      <Group gap={8} wrap="nowrap">
        <Dot color={on ? 'var(--mantine-color-accent-6)' : `var(--ownkey-bar-${ink})`} />
        <Text fw={600} fz="sm" {...(on ? {} : { c: `var(--ownkey-ink-${ink})` })}>
          {on ? t('common.aiOn') : t('common.aiPaused')}
        </Text>
      </Group>
      {pause !== undefined && (
        <>
          <Text fz="sm" ps={16}>
            {pause.happened} {pause.todo}
          </Text>
          {pause.effect !== undefined && (
            <Text fz="xs" c="dimmed" ps={16}>
              {pause.effect}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
