import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { Device } from '../../../shared/members.ts'
import { dateInWords, exactMoment, momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

type Props = {
  readonly devices: readonly Device[]
  /** The member whose browsers these are. */
  readonly owner: string
  /** False: their browsers are not this asker's to touch. */
  readonly manages: boolean
  readonly onRemove: (device: Device) => void
  readonly onTold: (text: string) => void
}

const Approve = ({ device, owner, onTold }: Pick<Props, 'owner' | 'onTold'> & { device: Device }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const approving = useDoing<void, void>(
    () => vault.approveDevice(device.id),
    () => onTold(t('options.team.devices.approved', { device: device.name })),
  )
  return (
    <>
      <Button
        size="compact-sm"
        loading={approving.busy}
        aria-label={t('options.team.devices.approveOf', { device: device.name, name: owner })}
        onClick={() => approving.start()}
      >
        {t('options.team.devices.approve')}
      </Button>
      {approving.problem !== undefined && <ProblemText problem={approving.problem} />}
    </>
  )
}

const Facts = ({ device }: { device: Device }) => {
  const { t, locale } = useSpeech()
  return (
    <Text fz="xs" c="dimmed" title={exactMoment(device.lastUsedAt, locale)}>
      {t('options.team.devices.created', { day: dateInWords(device.createdAt, locale) })}
      {' · '}
      {t('options.team.devices.used', { moment: momentInWords(device.lastUsedAt, locale) })}
    </Text>
  )
}

const Browser = ({ device, ...props }: Omit<Props, 'devices'> & { device: Device }) => {
  const { t } = useSpeech()
  const { owner, manages, onRemove } = props
  return (
    <Group component="li" justify="space-between" gap="xs" data-device={device.id}>
      <Stack gap={0} miw={0}>
        <Group gap={6}>
          <Text fz="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {device.name}
          </Text>
          {device.current && (
            <Badge size="sm" variant="default" tt="none">
              {t('options.team.devices.current')}
            </Badge>
          )}
          {device.suspended && (
            <Text fz="xs" fw={600} c="var(--ownkey-ink-amber)">
              {t('options.team.devices.waiting')}
            </Text>
          )}
        </Group>
        <Facts device={device} />
      </Stack>
      <Group gap="xs">
        {device.suspended && manages && <Approve {...props} device={device} />}
        {manages && !device.current && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('options.team.devices.removeOf', { device: device.name, name: owner })}
            onClick={() => onRemove(device)}
          >
            {t('options.team.devices.remove')}
          </Button>
        )}
      </Group>
    </Group>
  )
}

/** The browsers of one member, with what may be done about each. The one that asks is not removed here but signed out in the popup. */
export const Browsers = ({ devices, ...props }: Props) => {
  const { t } = useSpeech()
  if (devices.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('options.team.devices.none')}
      </Text>
    )
  return (
    <Stack gap="xs">
      {devices.some(({ suspended }) => suspended) && (
        <Text fz="xs">{t('options.team.devices.waitingHint')}</Text>
      )}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {devices.map((device) => (
          <Browser key={device.id} device={device} {...props} />
        ))}
      </Stack>
    </Stack>
  )
}
