import { type ReactNode, useState } from 'react'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Told } from './Told.tsx'

type Undo = () => Promise<unknown>

type Saved =
  | { readonly state: 'nothing' }
  | { readonly state: 'saved'; readonly undo: Undo }
  | { readonly state: 'undone' }

type Telling = {
  /** Stands near what was changed; keeps its space. */
  readonly line: ReactNode
  /** Says that something was saved. `undo` puts back what was there before. */
  readonly saved: (undo: Undo) => void
}

/** Tells that a change was saved, with the way back for as long as the page is open. */
export const useSaved = (): Telling => {
  const { t } = useSpeech()
  const [last, setLast] = useState<Saved>({ state: 'nothing' })
  const undoing = useDoing(
    (undo: Undo) => undo(),
    () => setLast({ state: 'undone' }),
  )
  const texts = { nothing: '', saved: t('options.settings.saved'), undone: t('options.settings.undone') }
  const line = (
    <>
      <Told text={texts[last.state]}>
        {last.state === 'saved' && (
          <QuietButton onClick={() => undoing.start(last.undo)}>{t('options.settings.undo')}</QuietButton>
        )}
      </Told>
      {undoing.problem !== undefined && <ProblemText problem={undoing.problem} />}
    </>
  )
  return { line, saved: (undo) => setLast({ state: 'saved', undo }) }
}
