import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { LeaveDialog } from '../team/MemberDialogs.tsx'

/** The way out for everybody but the owner, who hands over first. */
export const LeaveWorkspace = ({ workspaceName }: { workspaceName: string }) => {
  const { t } = useSpeech()
  const [asking, setAsking] = useState(false)
  return (
    <Section title={t('options.settings.leave.title')} hint={t('options.settings.leave.hint')}>
      <Group>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('options.settings.leave.title')}
        </Button>
      </Group>
      {asking && (
        <LeaveDialog
          workspace={workspaceName}
          onLeft={() => location.reload()}
          onCancel={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
