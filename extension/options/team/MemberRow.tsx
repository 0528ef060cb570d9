import { Badge, Box, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Device, TeamMember } from '../../../shared/members.ts'
import { dateInWords, exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Browsers } from './Browsers.tsx'
import { ReportsCell, RoleCell } from './MemberCells.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import { type Asked, type Me, mayChange, mayManageDevicesOf } from './people.ts'

type Props = {
  readonly me: Me
  readonly member: TeamMember
  readonly devices: readonly Device[]
  readonly open: boolean
  readonly onOpen: () => void
  readonly onAsk: (asked: Asked) => void
  readonly onTold: (text: string) => void
}

const COLUMNS = 6

/** Where the table is wider than the window, what stands below a row stays in sight while the row is scrolled. */
const inSight = {
  position: 'sticky',
  insetInlineStart: 16,
  maxWidth: 'min(100%, calc(100vw - 64px))',
} as const

const NameCell = ({ me, member }: Pick<Props, 'me' | 'member'>) => {
  const { t, locale } = useSpeech()
  return (
    <Stack gap={0}>
      <Group gap={6} wrap="nowrap">
        <Text fz="sm" fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {member.name}
        </Text>
        {member.id === me.id && (
          <Badge size="sm" variant="default" tt="none" style={{ flex: 'none' }}>
            {t('options.team.you')}
          </Badge>
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {t('options.team.joined', { day: dateInWords(member.joinedAt, locale) })}
      </Text>
    </Stack>
  )
}

const LastUse = ({ at }: { at: number | null }) => {
  const { t, locale } = useSpeech()
  if (at === null)
    return (
      <Text fz="sm" c="dimmed">
        {t('options.team.never')}
      </Text>
    )
  return (
    <Text fz="sm" title={exactMoment(at, locale)} style={{ whiteSpace: 'nowrap' }}>
      {momentInWords(at, locale)}
    </Text>
  )
}

const Opener = ({ member, devices, open, onOpen }: Pick<Props, 'member' | 'devices' | 'open' | 'onOpen'>) => {
  const { t } = useSpeech()
  const waiting = devices.filter(({ suspended }) => suspended).length
  const Chevron = open ? IconChevronUp : IconChevronDown
  return (
    <UnstyledButton
      aria-expanded={open}
      aria-controls={`browsers-${member.id}`}
      aria-label={`${t('options.team.devices.of', { name: member.name })}: ${devices.length}`}
      onClick={onOpen}
    >
      <Group gap={4} wrap="nowrap">
        <Text fz="sm" style={{ whiteSpace: 'nowrap' }}>
          {t('options.team.browserCount', { count: devices.length })}
        </Text>
        <Chevron size={14} aria-hidden />
      </Group>
      {waiting > 0 && (
        <Text fz="xs" fw={600} c="var(--ownkey-ink-amber)">
          {t('options.team.waitingCount', { count: waiting })}
        </Text>
      )}
    </UnstyledButton>
  )
}

/** One member, and below them their browsers when these are opened. */
export const MemberRow = (props: Props) => {
  const { me, member, devices, open, onAsk, onTold } = props
  const changes = mayChange(me, member)
  return (
    <>
      <Table.Tr data-member={member.id} style={{ verticalAlign: 'top' }}>
        <Table.Td>
          <NameCell me={me} member={member} />
        </Table.Td>
        <Table.Td>
          <RoleCell
            member={member}
            changes={changes}
            onRole={(role) => onAsk({ ask: 'role', member, role })}
          />
        </Table.Td>
        <Table.Td>
          <ReportsCell member={member} changes={changes} />
        </Table.Td>
        <Table.Td>
          <Opener {...props} />
        </Table.Td>
        <Table.Td>
          <LastUse at={member.lastUsedAt} />
        </Table.Td>
        <Table.Td ta="end">
          <MemberMenu me={me} member={member} onAsk={onAsk} />
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr id={`browsers-${member.id}`}>
          <Table.Td colSpan={COLUMNS} bg="var(--ownkey-sunken)" px="md" py="sm">
            <Box style={inSight}>
              <Browsers
                devices={devices}
                owner={member.name}
                manages={mayManageDevicesOf(me, member)}
                onRemove={(device) => onAsk({ ask: 'remove-device', device, owner: member.name })}
                onTold={onTold}
              />
            </Box>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}
