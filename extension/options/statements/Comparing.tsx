import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Comparison, ComparisonOutcome } from '../../../shared/statements/statements.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

const stateInWords = ({ t, locale }: Speech, { comparedAt, days }: Comparison): string => {
  const when =
    comparedAt === null
      ? t('options.statements.never')
      : t('options.statements.compared', { when: momentInWords(comparedAt, locale) })
  return `${when} · ${t('options.statements.days', { count: days.length })}`
}

const outcomeInWords = ({ t }: Speech, { provider, outcome, failure }: ComparisonOutcome): string =>
  t(`options.statements.outcomes.${outcome}`, {
    provider: t(`providers.${provider}`),
    reason: failure === null ? '' : t(`reasons.${failure}`),
  })

const State = ({ comparison }: { comparison: Comparison }) => {
  const speech = useSpeech()
  const { t } = speech
  const { failure, keysUnknown, provider } = comparison
  return (
    <div>
      <Text fz="sm">
        <Text component="span" inherit fw={600}>
          {t(`providers.${provider}`)}
        </Text>{' '}
        {stateInWords(speech, comparison)}
      </Text>
      {failure !== null && (
        <Text fz="sm" c="var(--ownkey-ink-red)">
          {t('options.statements.failed', { reason: t(`reasons.${failure}`) })}
        </Text>
      )}
      {keysUnknown > 0 && (
        <Text fz="sm" c="var(--ownkey-ink-amber)">
          {t('options.statements.unknown', { count: keysUnknown })}
        </Text>
      )}
    </div>
  )
}

/** How far each provider's report was compared, and the button that does it now. */
export const Comparing = ({ comparisons }: { comparisons: readonly Comparison[] }) => {
  const speech = useSpeech()
  const { t } = speech
  const { vault } = useParts()
  const [outcomes, setOutcomes] = useState<readonly ComparisonOutcome[]>([])
  const comparing = useDoing<void, readonly ComparisonOutcome[]>(() => vault.compareNow(), setOutcomes)
  return (
    <Stack gap={6}>
      {comparisons.map((comparison) => (
        <State key={comparison.provider} comparison={comparison} />
      ))}
      {comparisons.length > 0 && (
        <div>
          <Button loading={comparing.busy} onClick={() => comparing.start()}>
            {t('options.statements.compareNow')}
          </Button>
        </div>
      )}
      <Text fz="sm" c="dimmed" role="status">
        {comparing.busy
          ? t('options.statements.comparing')
          : outcomes.map((outcome) => outcomeInWords(speech, outcome)).join(' ')}
      </Text>
      {comparing.problem !== undefined && <ProblemText problem={comparing.problem} />}
    </Stack>
  )
}
