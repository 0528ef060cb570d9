import { answeringInWords } from '../../ui/drafts/answering.ts'
import { isBusy, type Version } from '../../ui/drafts/version.ts'
import { useSpeech } from '../../ui/words/speech.ts'

/** One line above the draft when another one answers than usual. Read aloud as soon as it is so. */
export const AnsweredBy = ({ version }: { version: Version }) => {
  const speech = useSpeech()
  const { answering, text } = version
  const isTold = answering !== undefined && (isBusy(version) || text !== '')
  return (
    <div role="status" className="answered" data-answered={isTold ? answering.provider : undefined}>
      {isTold && answeringInWords(speech, answering)}
    </div>
  )
}
