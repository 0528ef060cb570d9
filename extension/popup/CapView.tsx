import { Text } from '@mantine/core'
import type { Cap } from '../../shared/cap.ts'
import { CapBar } from '../ui/CapBar.tsx'
import { CapForm } from '../ui/CapForm.tsx'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import { Subview } from './Subview.tsx'

type Props = { readonly cap: Cap; readonly label: string | null; readonly onBack: () => void }

/** Changes the monthly cap in place. */
export const CapView = ({ cap, label, onBack }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const saving = useDoing(vault.setCap, onBack)
  return (
    <Subview title={t('popup.cap.change')} onBack={onBack}>
      <CapBar cap={cap} paused={false} label={label} />
      <CapForm cap={cap} saving={saving.busy} problem={saving.problem} onSave={saving.start} />
      <Text fz="xs" c="dimmed">
        {t('options.spend.capHint')}
      </Text>
    </Subview>
  )
}
