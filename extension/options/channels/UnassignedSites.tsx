import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { Channel } from '../../../shared/channels.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useCopy } from '../receipts/copy.ts'
import { unassignedSites } from './sites.ts'

type Props = { readonly channels: readonly Channel[]; readonly onAdd: (site: string) => void }

/** The busiest are enough to act on; the others follow when these have a channel. */
const MOST_SHOWN = 12

/** Sites on which replies were drafted and which have no channel yet, from what this browser keeps. None is shown as nothing. */
export const UnassignedSites = ({ channels, onAdd }: Props) => {
  const { t } = useSpeech()
  const receipts = useCopy().copy?.receipts
  const found = useMemo(() => unassignedSites(receipts ?? [], channels), [receipts, channels])
  if (found.length === 0) return null
  return (
    <Box component="section" mt="xl" data-unassigned>
      <Title order={2} fz="md">
        {t('options.channels.unassigned.title')}
      </Title>
      <Text fz="xs" c="dimmed" mb="xs">
        {t('options.channels.unassigned.hint')}
      </Text>
      <Stack component="ul" gap={6} m={0} p={0} maw={560} style={{ listStyle: 'none' }}>
        {found.slice(0, MOST_SHOWN).map(({ site, replies }) => (
          <Group key={site} component="li" justify="space-between" gap="sm" wrap="nowrap">
            <Text fz="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
              <bdi dir="ltr">{site}</bdi>{' '}
              <Text component="span" inherit c="dimmed">
                {t('options.channels.unassigned.replies', { count: replies })}
              </Text>
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              style={{ flex: 'none' }}
              aria-label={t('options.channels.unassigned.addOf', { site })}
              onClick={() => onAdd(site)}
            >
              {t('options.channels.unassigned.add')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Box>
  )
}
