import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Channel } from '../../../shared/channels.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly channels: readonly Channel[]
  /** The one that is being removed. */
  readonly removing: string | undefined
  readonly onEdit: (channel: Channel) => void
  readonly onRemove: (channel: Channel) => void
}

type RowProps = Omit<Props, 'channels' | 'removing'> & { readonly channel: Channel; readonly busy: boolean }

const ChannelRow = ({ channel, busy, onEdit, onRemove }: RowProps) => {
  const { t } = useSpeech()
  const { name, sites } = channel
  return (
    <Table.Tr data-channel={channel.id} style={{ verticalAlign: 'top' }}>
      <Table.Td miw={140} style={{ overflowWrap: 'anywhere' }}>
        <Text fz="sm" fw={600} dir="auto">
          {name}
        </Text>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {sites.map((site) => (
          <Text key={site} fz="sm" dir="ltr" ta="start">
            {site}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('options.channels.editOf', { name })}
            onClick={() => onEdit(channel)}
          >
            {t('options.channels.edit')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            aria-label={t('options.channels.removeOf', { name })}
            onClick={() => onRemove(channel)}
          >
            {t('options.channels.remove')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

/** The channels by name, each with its sites. */
export const ChannelTable = ({ channels, removing, ...deeds }: Props) => {
  const { t } = useSpeech()
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing={8} horizontalSpacing={8} fz="sm" aria-label={t('options.channels.list')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.channels.name')}</Table.Th>
            <Table.Th>{t('options.channels.sites')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('options.channels.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {channels.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} busy={removing === channel.id} {...deeds} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
