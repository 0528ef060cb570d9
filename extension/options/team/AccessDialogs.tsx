import { Text } from '@mantine/core'
import type { Device } from '../../../shared/members.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { useParts } from '../parts.tsx'
import type { Deciding } from './MemberDialogs.tsx'

/** Says that a browser is signed out at once, then removes it. */
export const RemoveDeviceDialog = (props: Deciding & { readonly device: Device; readonly owner: string }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const { device, owner, onDone, onCancel } = props
  const removing = useDoing<void, void>(
    () => vault.removeDevice(device.id),
    () => onDone(t('options.team.devices.removed', { device: device.name })),
  )
  return (
    <ConfirmDialog
      title={t('options.team.devices.removeTitle')}
      confirm={t('options.team.devices.remove')}
      onConfirm={() => removing.start()}
      onCancel={onCancel}
      {...removing}
    >
      <Text fz="sm">{t('options.team.devices.removeHint', { device: device.name, name: owner })}</Text>
    </ConfirmDialog>
  )
}

/** Says that the link stops working, then withdraws an invitation. */
export const WithdrawDialog = ({ code, onDone, onCancel }: Deciding & { readonly code: string }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const withdrawing = useDoing<void, void>(
    () => vault.withdrawInvite(code),
    () => onDone(t('options.team.invites.withdrawn', { code })),
  )
  return (
    <ConfirmDialog
      title={t('options.team.invites.withdrawTitle', { code })}
      confirm={t('options.team.invites.withdraw')}
      onConfirm={() => withdrawing.start()}
      onCancel={onCancel}
      {...withdrawing}
    >
      <Text fz="sm">{t('options.team.invites.withdrawHint')}</Text>
    </ConfirmDialog>
  )
}
