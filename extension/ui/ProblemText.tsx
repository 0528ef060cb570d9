import { Box, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { problemInWords, type TellableProblem } from './problem-sentences.ts'
import { useReader } from './words/reader.ts'
import { useSpeech } from './words/speech.ts'

/** Problems that pass by themselves are amber; the others are refusals. */
const passing: readonly TellableProblem['slug'][] = [
  'no-answer',
  'cut-off',
  'session-ended',
  'rate-limited',
  'cap-held',
  'still-running',
  'no-provider-available',
  'provider-rate-limited',
  'provider-overloaded',
  'provider-server-error',
  'provider-network',
  'provider-timeout',
  'provider-stalled',
  'provider-ended-early',
  'provider-garbage',
  'provider-vault-stopped',
  'key-unverified',
  'name-needed',
  'vault-stopping',
]

const Details = ({ problem }: { problem: TellableProblem }) => {
  const { t } = useSpeech()
  return (
    <Box component="details" fz="xs" c="dimmed">
      <summary>{t('common.details')}</summary>
      <Text fz="xs" mt={4}>
        {t('common.problemName')} <Code>{problem.slug}</Code>
      </Text>
      {problem.requestId !== undefined && (
        <Text fz="xs" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {t('common.requestId')} <Code>{problem.requestId}</Code>
        </Text>
      )}
    </Box>
  )
}

/** A problem as a sentence, what to do, and the details to hand on. Announced when it appears. */
export const ProblemText = ({ problem, onRetry }: { problem: TellableProblem; onRetry?: () => void }) => {
  const speech = useSpeech()
  const { happened, todo } = problemInWords(speech, problem, useReader())
  const ink = passing.includes(problem.slug) ? 'var(--ownkey-ink-amber)' : 'var(--ownkey-ink-red)'
  return (
    <Group role="alert" data-problem={problem.slug} gap="xs" align="flex-start" wrap="nowrap">
      <Box c={ink} pt={2} style={{ flex: 'none' }} aria-hidden>
        <IconAlertTriangle size={16} />
      </Box>
      <Stack gap={4} style={{ minWidth: 0 }}>
        <Text fz="sm" fw={600} c={ink}>
          {happened}
        </Text>
        <Text fz="sm">{todo}</Text>
        <Details problem={problem} />
        {onRetry !== undefined && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {speech.t('common.again')}
            </Button>
          </Group>
        )}
      </Stack>
    </Group>
  )
}
