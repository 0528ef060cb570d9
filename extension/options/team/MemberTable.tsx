import { Table } from '@mantine/core'
import { useState } from 'react'
import type { Device, TeamMember } from '../../../shared/members.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { MemberRow } from './MemberRow.tsx'
import { type Asked, devicesOf, type Me } from './people.ts'

type Props = {
  readonly me: Me
  readonly members: readonly TeamMember[]
  readonly devices: readonly Device[]
  readonly onAsk: (asked: Asked) => void
  readonly onTold: (text: string) => void
}

const columns = ['name', 'role', 'reports', 'browsers', 'lastUse'] as const

const waitsFor = (member: TeamMember, devices: readonly Device[]): boolean =>
  devices.some(({ memberId, suspended }) => memberId === member.id && suspended)

/** Who belongs here, the owner first, each with their browsers. Whose browsers wait for approval is open from the beginning. */
export const MemberTable = ({ me, members, devices, onAsk, onTold }: Props) => {
  const { t } = useSpeech()
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({})
  const isOpen = (member: TeamMember): boolean => chosen[member.id] ?? waitsFor(member, devices)
  return (
    <Table.ScrollContainer minWidth={780}>
      <Table verticalSpacing={8} horizontalSpacing={8} fz="sm" aria-label={t('options.team.members')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`options.team.${name}`)}</Table.Th>
            ))}
            <Table.Th aria-label={t('options.team.actions')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              me={me}
              member={member}
              devices={devicesOf(devices, member.id)}
              open={isOpen(member)}
              onOpen={() => setChosen({ ...chosen, [member.id]: !isOpen(member) })}
              onAsk={onAsk}
              onTold={onTold}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
