import { NativeSelect, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { TeamMember } from '../../../shared/members.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { useParts } from '../parts.tsx'
import type { Deciding } from './MemberDialogs.tsx'

type Props = Deciding & {
  /** Who could take over: others with a browser that is paired. */
  readonly heirs: readonly TeamMember[]
  readonly to: TeamMember | undefined
}

const isSame = (typed: string, name: string): boolean => typed.trim() === name.trim()

/** Hands the workspace over to a member whose name the owner types, so that it is nobody else by mistake. */
export const HandOverDialog = ({ heirs, to, onDone, onCancel }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [chosenId, setChosenId] = useState(to?.id ?? heirs[0]?.id)
  const [typed, setTyped] = useState('')
  const heir = heirs.find(({ id }) => id === chosenId) ?? heirs[0]
  const handing = useDoing(
    ({ id }: TeamMember) => vault.handOver(id),
    () => onDone(t('options.team.handOver.done', { name: heir?.name ?? '' })),
  )
  const isTyped = heir !== undefined && isSame(typed, heir.name)
  return (
    <ConfirmDialog
      title={t('options.team.handOver.title')}
      confirm={t('options.team.handOver.confirm')}
      blocked={!isTyped}
      onConfirm={() => isTyped && handing.start(heir)}
      onCancel={onCancel}
      {...handing}
    >
      {heir === undefined ? (
        <Text fz="sm">{t('options.team.handOver.nobody')}</Text>
      ) : (
        <>
          <Text fz="sm">{t('options.team.handOver.means')}</Text>
          <NativeSelect
            label={t('options.team.handOver.choose')}
            value={heir.id}
            data={heirs.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setChosenId(event.currentTarget.value)}
          />
          <TextInput
            label={t('options.team.handOver.type', { name: heir.name })}
            autoComplete="off"
            value={typed}
            error={typed !== '' && !heir.name.startsWith(typed) && t('options.team.handOver.mismatch')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      )}
    </ConfirmDialog>
  )
}
