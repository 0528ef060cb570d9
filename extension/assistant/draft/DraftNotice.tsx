import { Stack, Text } from '@mantine/core'
import type { Picodollars } from '../../../shared/money.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { leftInReserve } from '../../ui/drafts/reserve.ts'
import { canResume, type Version } from '../../ui/drafts/version.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { problemInWords } from '../../ui/problem-sentences.ts'
import { useReader } from '../../ui/words/reader.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ArmedButton } from '../session/Arming.tsx'

const WholeAgain = ({ begun, onResume }: { begun: boolean; onResume: () => void }) => {
  const { t } = useSpeech()
  return (
    <ArmedButton size="compact-xs" variant="default" style={{ alignSelf: 'flex-start' }} onPress={onResume}>
      {begun ? t('assistant.draft.showWhole') : t('common.again')}
    </ArmedButton>
  )
}

/** The draft is as long as its model was allowed to write. */
const useLimit = (): string => {
  const { happened, todo } = problemInWords(useSpeech(), { slug: 'output-limit', facts: {} }, useReader())
  return `${happened} ${todo}`
}

const useSentence = ({ progress, text, lowered = false }: Version): string | undefined => {
  const { t } = useSpeech()
  const limit = useLimit()
  if (progress.state === 'streaming') return lowered ? t('assistant.draft.lowered') : undefined
  if (progress.state === 'stopped') return t('assistant.draft.stopped')
  if (progress.state === 'kept')
    return progress.whole ? t('assistant.draft.kept') : t('assistant.draft.keptPart')
  if (progress.state !== 'whole') return undefined
  if (text.trim() === '') return t('assistant.draft.empty')
  if (progress.receipt.outcome !== 'limit') return lowered ? t('assistant.draft.lowered') : undefined
  return lowered ? t('assistant.draft.loweredLimit') : limit
}

/** Only the reserve of the cap is left: the person may mark this one draft as urgent. */
const Reserved = ({ left, onUrgent }: { left: Picodollars; onUrgent: () => void }) => {
  const { t, locale } = useSpeech()
  return (
    <Stack gap={6} className="notice" role="alert" data-problem="reserve">
      <Text fz="sm" fw={600} c="var(--ownkey-ink-amber)">
        {t('cap.pause.kept', { left: amountInWords(left, locale) })}
      </Text>
      <Text fz="sm">{t('cap.pause.mark')}</Text>
      <ArmedButton size="xs" style={{ alignSelf: 'flex-start', flex: 'none' }} onPress={onUrgent}>
        {t('assistant.ask.urgent')}
      </ArmedButton>
    </Stack>
  )
}

type Props = {
  readonly version: Version
  readonly onResume: () => void
  readonly onUrgent: () => void
}

/** What has to be said about a draft that is not simply whole. What had arrived stays above it. */
export const DraftNotice = ({ version, onResume, onUrgent }: Props) => {
  const sentence = useSentence(version)
  const { progress } = version
  const reserved = leftInReserve(version)
  if (reserved !== undefined) return <Reserved left={reserved} onUrgent={onUrgent} />
  if (progress.state !== 'failed' && sentence === undefined) return null
  return (
    <Stack gap={6} className={version.text === '' ? 'notice alone' : 'notice'} data-draft={progress.state}>
      {progress.state === 'failed' ? (
        <ProblemText problem={progress.problem} />
      ) : (
        <Text fz="sm" c="dimmed">
          {sentence}
        </Text>
      )}
      {canResume(version) && <WholeAgain begun={version.text !== ''} onResume={onResume} />}
    </Stack>
  )
}
