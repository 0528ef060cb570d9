import { Box, Button, Collapse, Group, Text } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { RawUsage } from '../../../../shared/receipts.ts'
import { useSpeech } from '../../../ui/words/speech.ts'

const Count = ({ name, count }: { name: string; count: number }) => {
  const { locale } = useSpeech()
  return (
    <Group justify="space-between" gap="md" wrap="nowrap" fz="xs" ff="monospace" dir="ltr">
      <Text component="dt" inherit c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <Text component="dd" inherit m={0}>
        {new Intl.NumberFormat(locale).format(count)}
      </Text>
    </Group>
  )
}

/** The provider's own numbers under its own names, folded away until somebody asks. */
export const Reported = ({ usage }: { usage: RawUsage | null }) => {
  const { t } = useSpeech()
  const id = useId()
  const [open, setOpen] = useState(false)
  if (usage === null) return null
  const chevron = <IconChevronRight size={14} aria-hidden style={{ rotate: open ? '90deg' : '0deg' }} />
  return (
    <Box>
      <Button
        size="compact-xs"
        variant="subtle"
        px={0}
        leftSection={chevron}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t('options.receipt.reported')}
      </Button>
      <Collapse expanded={open} transitionDuration={0}>
        <Box component="dl" id={id} m={0} mt={4}>
          {Object.entries(usage).map(([name, count]) => (
            <Count key={name} name={name} count={count} />
          ))}
        </Box>
      </Collapse>
    </Box>
  )
}
