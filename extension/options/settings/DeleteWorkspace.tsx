import { Button, Group, List, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Workspace } from '../../../shared/workspace.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { useParts } from '../parts.tsx'

const Confirmation = ({ name, onClose }: { name: string; onClose: () => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [typed, setTyped] = useState('')
  const deleting = useDoing<void, Workspace>(() => vault.deleteWorkspace({ name: typed.trim() }), onClose)
  return (
    <ConfirmDialog
      title={t('options.settings.ending.title')}
      confirm={t('options.settings.ending.confirm')}
      onConfirm={() => deleting.start()}
      onCancel={onClose}
      busy={deleting.busy}
      problem={deleting.problem}
      blocked={typed.trim() !== name}
    >
      <List size="sm" spacing={6}>
        <List.Item>{t('options.settings.ending.lost')}</List.Item>
        <List.Item>{t('options.settings.ending.days')}</List.Item>
        <List.Item>{t('options.settings.ending.revoke')}</List.Item>
      </List>
      <TextInput
        label={t('options.settings.ending.typed', { name })}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}

/** The end of the workspace, for its owner: what is lost, the seven days, and its name typed. While it is pending the banner above says so. */
export const DeleteWorkspace = ({ workspace }: { workspace: Workspace }) => {
  const { t } = useSpeech()
  const [asking, setAsking] = useState(false)
  if (workspace.deleteAt !== null) return null
  return (
    <Section title={t('options.settings.ending.title')} hint={t('options.settings.ending.hint')}>
      <Group>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('options.settings.ending.open')}
        </Button>
      </Group>
      {asking && <Confirmation name={workspace.name} onClose={() => setAsking(false)} />}
    </Section>
  )
}
