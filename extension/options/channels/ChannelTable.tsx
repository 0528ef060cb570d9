import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Channel } from '../../../shared/channels.ts'
import { ProviderName } from '../../../shared/providers.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly channels: readonly Channel[]
  /** What a model is called, where that is known. */
  readonly nameOf: (provider: ProviderName, model: string) => string
  /** The one that is being removed. */
  readonly removing: string | undefined
  readonly onEdit: (channel: Channel) => void
  readonly onRemove: (channel: Channel) => void
}

type RowProps = Omit<Props, 'channels' | 'removing'> & { readonly channel: Channel; readonly busy: boolean }

const OwnModels = ({ channel, nameOf }: Pick<RowProps, 'channel' | 'nameOf'>) => {
  const { t } = useSpeech()
  return ProviderName.options.flatMap((provider) => {
    const model = channel.models[provider]
    if (model === undefined) return []
    return (
      <Text key={provider} fz="xs" c="dimmed">
        {t('options.channels.modelOf', {
          provider: t(`providers.${provider}`),
          model: nameOf(provider, model),
        })}
      </Text>
    )
  })
}

const ChannelRow = ({ channel, busy, nameOf, onEdit, onRemove }: RowProps) => {
  const { t } = useSpeech()
  const { name, sites } = channel
  return (
    <Table.Tr data-channel={channel.id} style={{ verticalAlign: 'top' }}>
      <Table.Td miw={140} style={{ overflowWrap: 'anywhere' }}>
        <Text fz="sm" fw={600} dir="auto">
          {name}
        </Text>
        <OwnModels channel={channel} nameOf={nameOf} />
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
