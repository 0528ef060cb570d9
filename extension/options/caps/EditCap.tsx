import { Text } from '@mantine/core'
import type { ScopedCap } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import { capInWords, ownLimit } from '../../ui/cap-names.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useParts } from '../parts.tsx'
import { LimitForm } from './LimitForm.tsx'

type Props = { readonly cap: ScopedCap; readonly onDone: () => void; readonly onCancel: () => void }

/** Gives a cap another amount. */
export const EditCap = ({ cap, onDone, onCancel }: Props) => {
  const speech = useSpeech()
  const { vault } = useParts()
  const { scope, id, kind } = cap
  const saving = useDoing((limit: Picodollars) => vault.setScopedCap({ scope, id, kind }, limit), onDone)
  return (
    <OpenDialog title={capInWords(speech, cap)} onClose={onCancel}>
      <LimitForm
        limit={ownLimit(cap)}
        busy={saving.busy}
        problem={saving.problem}
        save={speech.t('options.caps.further.save')}
        onSave={saving.start}
        onCancel={onCancel}
      >
        {cap.raised !== null && (
          <Text fz="sm" c="dimmed">
            {speech.t('options.caps.raise.endsIt')}
          </Text>
        )}
      </LimitForm>
    </OpenDialog>
  )
}
