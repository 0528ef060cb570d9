import { Group, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import type { Workspace } from '../../../shared/workspace.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'

/** Whether anybody in the workspace may draft. Off asks first; on counts at once. */
export const AiSwitch = ({ workspace }: { workspace: Workspace }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asking, setAsking] = useState(false)
  const { line, saved } = useSaved()
  const { aiOn } = workspace
  const turning = useDoing(
    (on: boolean) => vault.changeWorkspace({ aiOn: on }),
    () => {
      setAsking(false)
      saved(() => vault.changeWorkspace({ aiOn }))
    },
  )
  return (
    <Section title={t('options.settings.ai.title')} hint={t('options.settings.ai.hint')}>
      <Group gap="md" align="baseline">
        <Switch
          label={t('options.settings.ai.on')}
          checked={aiOn}
          disabled={turning.busy}
          onChange={() => (aiOn ? setAsking(true) : turning.start(true))}
        />
        {line}
      </Group>
      {!asking && turning.problem !== undefined && <ProblemText problem={turning.problem} />}
      {asking && (
        <ConfirmDialog
          title={t('options.settings.ai.offTitle')}
          confirm={t('options.settings.ai.offConfirm')}
          onConfirm={() => turning.start(false)}
          onCancel={() => setAsking(false)}
          busy={turning.busy}
          problem={turning.problem}
        >
          <Text inherit>{t('options.settings.ai.off')}</Text>
        </ConfirmDialog>
      )}
    </Section>
  )
}
