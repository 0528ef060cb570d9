import { Skeleton, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import type { Workspace } from '../../shared/workspace.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { type Reading, useReading } from '../ui/reading.ts'
import { mayManage, maySeeBooks } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { AiSwitch } from './settings/AiSwitch.tsx'
import { BrowserChoices } from './settings/BrowserChoices.tsx'
import { DeleteWorkspace } from './settings/DeleteWorkspace.tsx'
import { LeaveWorkspace } from './settings/LeaveWorkspace.tsx'
import { Pairing } from './settings/Pairing.tsx'
import { WorkspaceForm } from './settings/WorkspaceForm.tsx'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={470} />
    <Skeleton height={130} />
  </Stack>
)

/** What owners and admins set for everybody. */
const ForEverybody = ({ reading }: { reading: Reading<Workspace> }) => (
  <Loaded reading={reading} skeleton={<Waiting />}>
    {(workspace) => (
      <Stack gap="sm">
        <WorkspaceForm workspace={workspace} />
        <AiSwitch workspace={workspace} />
      </Stack>
    )}
  </Loaded>
)

const Restricted = () => {
  const { t } = useSpeech()
  return (
    <Text fz="sm" maw={640}>
      {t('options.settings.restricted')}
    </Text>
  )
}

const Sections = ({ status }: { status: Status }) => {
  const { vault } = useParts()
  const { member, workspace } = status
  const manages = mayManage(member.role)
  const isOwner = member.role === 'owner'
  const settings = useReading(['workspace'], vault.workspace, manages)
  return (
    <>
      {!maySeeBooks(member) && <Restricted />}
      {manages && <ForEverybody reading={settings} />}
      <BrowserChoices />
      <Pairing member={member} workspaceName={workspace.name} />
      {!isOwner && <LeaveWorkspace workspaceName={workspace.name} />}
      {isOwner && settings.state === 'ready' && <DeleteWorkspace workspace={settings.value} />}
    </>
  )
}

/** What can be set: of the workspace for owners and admins, of this browser for everybody. */
export const SettingsTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  return (
    <>
      <TabHeading title={t('options.settings.tab')} note={t('options.settings.note')} label={null} />
      <Stack gap="sm">{status === undefined ? <BrowserChoices /> : <Sections status={status} />}</Stack>
    </>
  )
}
