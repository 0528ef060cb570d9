import { Box, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Status } from '../../../shared/status.ts'
import { mayDraft } from '../rights.ts'
import { useSpeech } from '../words/speech.ts'
import { pauseInWords } from './pause.ts'

/** Whether a cap is what keeps this member from drafting. */
export const isPausedByCap = ({ member, ai }: Pick<Status, 'member' | 'ai'>): boolean =>
  mayDraft(member.role) && ai.paused === 'cap-reached'

/** The pause by a cap: which one, what it stops and what goes on, and when it ends. Announced when it appears. */
export const Paused = ({ status, manages }: { status: Status; manages: boolean }) => {
  const words = pauseInWords(useSpeech(), status, manages)
  if (words === undefined) return null
  const ink = status.ai.urgent ? 'var(--ownkey-ink-amber)' : 'var(--ownkey-ink-red)'
  return (
    <Group role="alert" data-problem="ai-paused" gap="xs" align="flex-start" wrap="nowrap">
      <Box c={ink} pt={2} style={{ flex: 'none' }} aria-hidden>
        <IconAlertTriangle size={16} />
      </Box>
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Text fz="sm" fw={600} c={ink}>
          {words.happened}
        </Text>
        {words.effect !== undefined && <Text fz="xs">{words.effect}</Text>}
        <Text fz="xs" c="dimmed">
          {words.todo}
        </Text>
      </Stack>
    </Group>
  )
}
