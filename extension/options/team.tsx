import { Box, Button, Group, Paper, Skeleton, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import type { Status } from '../../shared/status.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { DeviceCode } from '../ui/pairing/DeviceCode.tsx'
import { useReading } from '../ui/reading.ts'
import { mayManage } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { Connection } from '../vault/connection.ts'
import { Told } from './frame/Told.tsx'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'
import { Browsers } from './team/Browsers.tsx'
import { Dialog } from './team/Dialog.tsx'
import { InviteTable } from './team/InviteTable.tsx'
import { MemberTable } from './team/MemberTable.tsx'
import { type Asked, devicesOf, type Me, useDevices, useTeam } from './team/people.ts'

const rows = ['one', 'two', 'three', 'four']

const Waiting = () => (
  <Stack gap={8}>
    {rows.map((row) => (
      <Skeleton key={row} height={52} />
    ))}
  </Stack>
)

type SectionProps = {
  readonly me: Me
  readonly onAsk: (asked: Asked) => void
  readonly onTold: (text: string) => void
}

/** Members and invitations, for owners and admins. */
const Managed = ({ me, onAsk, onTold }: SectionProps) => {
  const { t } = useSpeech()
  const team = useTeam()
  const devices = useDevices()
  return (
    <Loaded reading={team} skeleton={<Waiting />}>
      {({ members, invites }) => (
        <Stack gap="xl">
          <Loaded reading={devices} skeleton={<Waiting />}>
            {(known) => (
              <MemberTable me={me} members={members} devices={known} onAsk={onAsk} onTold={onTold} />
            )}
          </Loaded>
          <Box component="section">
            <Title order={2} fz="md" mb="xs">
              {t('options.team.invites.title')}
            </Title>
            <InviteTable invites={invites} onWithdraw={(code) => onAsk({ ask: 'withdraw', code })} />
          </Box>
        </Stack>
      )}
    </Loaded>
  )
}

/** One's own browsers, for those who see no others. */
const Own = ({ me, onAsk, onTold }: SectionProps) => {
  const { t } = useSpeech()
  const devices = useDevices()
  return (
    <Stack gap="md" component="section">
      <Title order={2} fz="md">
        {t('options.team.devices.yours')}
      </Title>
      <Loaded reading={devices} skeleton={<Waiting />}>
        {(known) => (
          <Browsers
            devices={devicesOf(known, me.id)}
            owner={me.name}
            manages
            onRemove={(device) => onAsk({ ask: 'remove-device', device, owner: me.name })}
            onTold={onTold}
          />
        )}
      </Loaded>
    </Stack>
  )
}

const AddBrowser = ({ connection }: { connection: Connection }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  return (
    <Paper withBorder p="md" component="section" maw={560} mt="xl">
      <Title order={2} fz="md" mb="xs">
        {t('options.team.devices.addTitle')}
      </Title>
      <DeviceCode vault={vault} address={connection.address} quiet />
    </Paper>
  )
}

const Team = ({ status, connection }: { status: Status; connection: Connection }) => {
  const { t } = useSpeech()
  const [asked, setAsked] = useState<Asked>()
  const [told, setTold] = useState('')
  const team = useReading(['team'], useParts().vault.team, mayManage(status.member.role))
  const me: Me = status.member
  const manages = mayManage(me.role)
  const Section = manages ? Managed : Own
  const done = (text: string): void => {
    setAsked(undefined)
    setTold(text)
  }
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <TabHeading
          title={t('options.team.tab')}
          note={manages ? t('options.team.note') : undefined}
          label={null}
        />
        {manages && (
          <Button onClick={() => setAsked({ ask: 'invite' })}>{t('options.team.invites.invite')}</Button>
        )}
      </Group>
      <Told text={told} />
      <Section me={me} onAsk={setAsked} onTold={setTold} />
      <AddBrowser connection={connection} />
      {asked !== undefined && (
        <Dialog
          asked={asked}
          me={me}
          members={team.state === 'ready' ? team.value.members : []}
          connection={connection}
          onDone={done}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

/** Who belongs to the workspace, what they may do, and from which browsers; for agents, their own browsers. */
export const TeamTab = ({ status }: PageProps) => {
  const { vault } = useParts()
  const connection = useReading(['connection'], async () => (await vault.connection()) ?? null)
  if (status === undefined) return <Waiting />
  return (
    <Loaded reading={connection} skeleton={<Waiting />}>
      {(known) => (known === null ? null : <Team status={status} connection={known} />)}
    </Loaded>
  )
}
