import { Box, Group, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { useSpeech } from '../ui/words/speech.ts'

const Dot = ({ color }: { color: string }) => (
  <Box w={8} h={8} bg={color} style={{ borderRadius: '50%', flex: 'none' }} aria-hidden />
)

/** Whether AI is on; otherwise why it is paused, and what this member can do about it. */
export const State = ({ status, manages }: { status: Status; manages: boolean }) => {
  const { t } = useSpeech()
  const { on, paused } = status.ai
  return (
    <Stack gap={2} role="status">
      <Group gap={8} wrap="nowrap">
        <Dot color={on ? 'var(--mantine-color-accent-6)' : 'var(--ownkey-bar-red)'} />
        <Text fw={600} fz="sm" {...(on ? {} : { c: 'var(--ownkey-ink-red)' })}>
          {on ? t('common.aiOn') : t('common.aiPaused')}
        </Text>
      </Group>
      {paused !== null && (
        <Text fz="sm" pl={16}>
          {t(`pauses.${paused}.everybody`)} {t(`pauses.${paused}.${manages ? 'admin' : 'others'}`)}
        </Text>
      )}
    </Stack>
  )
}
