import type { Key } from '../../../shared/keys.ts'
import { ModelForm } from '../../ui/keys/ModelForm.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'

/** Chooses what a key drafts with, among the models that this key may use. */
export const ChooseModel = ({ card, go }: { card: Key; go: Go }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  return (
    <Subview title={t('popup.model.title')} onBack={() => go(home)}>
      <ModelForm vault={vault} card={card} onDone={() => go(home)} />
    </Subview>
  )
}
