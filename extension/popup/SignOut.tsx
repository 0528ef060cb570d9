import { Button, Text } from '@mantine/core'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import { Subview } from './Subview.tsx'

/** Asks, then removes this browser from the workspace and all that it kept. */
export const SignOut = ({ onBack }: { onBack: () => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const leaving = useDoing<void, void>(vault.signOut, onBack)
  return (
    <Subview title={t('popup.device.signOutAsk')} onBack={onBack}>
      <Text fz="sm">{t('popup.device.signOutHint')}</Text>
      {leaving.problem !== undefined && <ProblemText problem={leaving.problem} />}
      <Button loading={leaving.busy} onClick={() => leaving.start()}>
        {t('popup.device.signOutConfirm')}
      </Button>
      <Button variant="default" onClick={onBack}>
        {t('common.cancel')}
      </Button>
    </Subview>
  )
}
