import { Box, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import type { Finding } from './rehearsal-words.ts'

const signs = {
  good: { Icon: IconCheck, color: 'var(--mantine-color-anchor)' },
  loss: { Icon: IconAlertTriangle, color: 'var(--ownkey-ink-amber)' },
  plain: { Icon: IconMinus, color: 'var(--mantine-color-dimmed)' },
} as const

const Line = ({ finding }: { finding: Finding }) => {
  const { Icon, color } = signs[finding.tone]
  return (
    <Group component="li" gap={8} wrap="nowrap" align="flex-start" data-finding={finding.tone}>
      <Box c={color} pt={2} style={{ flex: 'none' }} aria-hidden>
        <Icon size={16} />
      </Box>
      <Box miw={0}>
        <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {finding.text}
        </Text>
        {finding.parts !== undefined && (
          <Box component="ul" m={0} ps={16}>
            {finding.parts.map((part) => (
              <Text key={part} component="li" fz="sm" style={{ overflowWrap: 'anywhere' }}>
                {part}
              </Text>
            ))}
          </Box>
        )}
      </Box>
    </Group>
  )
}

/** What a rehearsal found, line by line; what somebody would miss is marked by more than its color. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => (
  <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
    {findings.map((finding) => (
      <Line key={finding.text} finding={finding} />
    ))}
  </Stack>
)
