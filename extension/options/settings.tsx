import { Skeleton, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useReading } from '../ui/reading.ts'
import { mayManage, maySeeBooks } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useSaved } from './frame/saved.tsx'
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
    <Skeleton height={380} />
    <Skeleton height={120} />
  </Stack>
)

/** What owners and admins set for everybody; the owner can end it all. */
const OfWorkspace = ({ isOwner }: { isOwner: boolean }) => {
  const { vault } = useParts()
  const { line, saved } = useSaved()
  const workspace = useReading(['workspace'], vault.workspace)
  return (
    <div>
      {line}
      <Loaded reading={workspace} skeleton={<Waiting />}>
        {(known) => (
          <Stack gap="sm">
            <WorkspaceForm workspace={known} onSaved={saved} />
            <AiSwitch workspace={known} onSaved={saved} />
            {isOwner && <DeleteWorkspace workspace={known} />}
          </Stack>
        )}
      </Loaded>
    </div>
  )
}

const Restricted = () => {
  const { t } = useSpeech()
  return (
    <Text fz="sm" maw={640}>
      {t('options.settings.restricted')}
    </Text>
  )
}

const OfMember = ({ status }: { status: Status }) => {
  const { member, workspace } = status
  return (
    <>
      <Pairing member={member} workspaceName={workspace.name} />
      {member.role !== 'owner' && <LeaveWorkspace workspaceName={workspace.name} />}
      {mayManage(member.role) && <OfWorkspace isOwner={member.role === 'owner'} />}
    </>
  )
}

/** What can be set: of this browser for everybody, of the workspace for owners and admins. */
export const SettingsTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  return (
    <>
      <TabHeading title={t('options.settings.tab')} note={t('options.settings.note')} label={null} />
      <Stack gap="sm">
        {status !== undefined && !maySeeBooks(status.member) && <Restricted />}
        <BrowserChoices />
        {status !== undefined && <OfMember status={status} />}
      </Stack>
    </>
  )
}
