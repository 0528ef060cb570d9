import { useSpeech } from '../words/speech.ts'
import { completeSentences } from './sentences.ts'
import { isBusy, type Version } from './version.ts'

/** Reads the draft to a screen reader by sentences as they become whole, not by tokens. */
export const SpokenDraft = ({ version }: { version: Version }) => {
  const { t, locale } = useSpeech()
  const busy = isBusy(version)
  const sentences = completeSentences(version.text, locale, !busy)
  return (
    <div className="spoken" role="log" aria-live="polite" aria-relevant="additions">
      {sentences.map((sentence, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever added at the end
        <p key={`${version.id} ${place}`} dir="auto">
          {sentence}
        </p>
      ))}
      {version.progress.state === 'whole' && <p>{t('assistant.draft.ready')}</p>}
    </div>
  )
}
