import { Text } from '@mantine/core'
import type { TeamMember } from '../../../shared/members.ts'
import { useDoing } from '../../ui/reading.ts'
import { mayManage } from '../../ui/rights.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { useParts } from '../parts.tsx'
import type { GivenRole } from './people.ts'

/** `onDone` is told what was done, in words; `onCancel` that nothing was. */
export type Deciding = { readonly onDone: (told: string) => void; readonly onCancel: () => void }

type RoleProps = Deciding & { readonly member: TeamMember; readonly role: GivenRole }

const consequence = (before: TeamMember['role'], after: GivenRole): 'gains' | 'loses' | 'plain' => {
  if (mayManage(after) === mayManage(before)) return 'plain'
  return mayManage(after) ? 'gains' : 'loses'
}

/** Says what a member gains or loses, then changes their role. */
export const RoleDialog = ({ member, role, onDone, onCancel }: RoleProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const facts = { name: member.name, role: t(`roles.${role}`) }
  const changing = useDoing<void, void>(
    () => vault.changeMember(member.id, { role }),
    () => onDone(t('options.team.changeRole.done', facts)),
  )
  return (
    <ConfirmDialog
      title={t('options.team.changeRole.title', facts)}
      confirm={t('options.team.changeRole.confirm')}
      onConfirm={() => changing.start()}
      onCancel={onCancel}
      {...changing}
    >
      <Text fz="sm">{t(`options.team.changeRole.${consequence(member.role, role)}`, facts)}</Text>
      <Text fz="sm">
        {facts.role}: {t(`options.team.roleMeans.${role}`)}
      </Text>
    </ConfirmDialog>
  )
}

/** Says that browsers are signed out and receipts remain, then removes a member. */
export const RemoveDialog = ({ member, onDone, onCancel }: Deciding & { readonly member: TeamMember }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const { name } = member
  const removing = useDoing<void, void>(
    () => vault.removeMember(member.id),
    () => onDone(t('options.team.remove.done', { name })),
  )
  return (
    <ConfirmDialog
      title={t('options.team.remove.title', { name })}
      confirm={t('options.team.remove.confirm', { name })}
      onConfirm={() => removing.start()}
      onCancel={onCancel}
      {...removing}
    >
      <Text fz="sm">{t('options.team.remove.signsOut')}</Text>
      <Text fz="sm">{t('options.team.remove.stays')}</Text>
    </ConfirmDialog>
  )
}

type LeaveProps = {
  readonly workspace: string
  readonly onLeft: () => void
  readonly onCancel: () => void
}

/** Says what leaving takes away, then leaves; this browser is signed out with it. */
export const LeaveDialog = ({ workspace, onLeft, onCancel }: LeaveProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const leaving = useDoing<void, void>(vault.leave, onLeft)
  return (
    <ConfirmDialog
      title={t('options.team.leave.title', { workspace })}
      confirm={t('options.team.leave.confirm')}
      onConfirm={() => leaving.start()}
      onCancel={onCancel}
      {...leaving}
    >
      <Text fz="sm">{t('options.team.leave.means')}</Text>
      <Text fz="sm">{t('options.team.leave.back')}</Text>
    </ConfirmDialog>
  )
}
