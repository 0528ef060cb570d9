import { Table, VisuallyHidden } from '@mantine/core'
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

/** The members of whom a browser waits for approval. */
const waitingAmong = (devices: readonly Device[]): ReadonlySet<string> =>
  new Set(devices.filter(({ suspended }) => suspended).map(({ memberId }) => memberId))

/** Who belongs here, the owner first, each with their browsers. Whose browsers wait for approval is open from the beginning. */
export const MemberTable = ({ me, members, devices, onAsk, onTold }: Props) => {
  const { t } = useSpeech()
  const [opened, setOpened] = useState(() => waitingAmong(devices))
  const toggle = (id: string): void => setOpened(opened.symmetricDifference(new Set([id])))
  return (
    <Table.ScrollContainer minWidth={780}>
      <Table verticalSpacing={8} horizontalSpacing={8} fz="sm" aria-label={t('options.team.members')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`options.team.${name}`)}</Table.Th>
            ))}
            <Table.Th>
              <VisuallyHidden>{t('options.team.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              me={me}
              member={member}
              devices={devicesOf(devices, member.id)}
              open={opened.has(member.id)}
              onOpen={() => toggle(member.id)}
              onAsk={onAsk}
              onTold={onTold}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
