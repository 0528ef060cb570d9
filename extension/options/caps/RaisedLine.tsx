import { Text } from '@mantine/core'
import type { ScopedCap } from '../../../shared/cap.ts'
import { capInWords, raisedInWords } from '../../ui/cap-names.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = { readonly cap: ScopedCap; readonly onEnd: () => void }

/** That a cap is raised for a while, with the way to end it; nothing where it is not. */
export const RaisedLine = ({ cap, onEnd }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  if (cap.raised === null) return null
  return (
    <Text component="div" fz="sm" data-raised>
      {raisedInWords(speech, cap, cap.raised)}{' '}
      <QuietButton label={t('options.caps.raise.endOf', { which: capInWords(speech, cap) })} onClick={onEnd}>
        {t('options.caps.raise.end')}
      </QuietButton>
    </Text>
  )
}
