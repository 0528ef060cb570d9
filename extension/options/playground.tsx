import { SimpleGrid, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { isBusy } from '../ui/drafts/version.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import type { TellableProblem } from '../ui/problem-sentences.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { Section } from './frame/Section.tsx'
import type { PageProps } from './pages.ts'
import { Answer } from './playground/Answer.tsx'
import { TrialForm } from './playground/TrialForm.tsx'
import { useTrying } from './playground/trying.ts'
import { TabHeading } from './TabHeading.tsx'

/** Why nothing can be tried now. A cap of the workspace is no reason: what is tried out counts under the playground's own, if it has one. */
const obstacleOf = ({ ai, drafting }: Status): TellableProblem | undefined => {
  if (ai.paused !== null && ai.paused !== 'cap-reached')
    return { slug: 'ai-paused', facts: { reason: ai.paused } }
  return drafting === null ? { slug: 'no-key', facts: {} } : undefined
}

const Bench = ({ status }: { status: Status }) => {
  const { t } = useSpeech()
  const trying = useTrying()
  const { version } = trying
  const obstacle = obstacleOf(status)
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
      <Section title={t('options.playground.trial')}>
        {obstacle !== undefined && <ProblemText problem={obstacle} />}
        <TrialForm
          drafting={status.drafting}
          label={status.providerLabel}
          busy={version !== undefined && isBusy(version)}
          blocked={obstacle !== undefined}
          onTry={trying.try}
        />
      </Section>
      <Answer version={version} label={status.providerLabel} onStop={trying.stop} />
    </SimpleGrid>
  )
}

/** A place to try out what a customer would be answered, apart from any page and any ticket. */
export const PlaygroundTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  return (
    <>
      <TabHeading title={t('options.playground.tab')} note={t('options.playground.note')} label={null} />
      <Stack gap="sm">
        <Text fz="sm" c="dimmed" maw={720}>
          {t('options.playground.apart')}
        </Text>
        {status !== undefined && <Bench status={status} />}
      </Stack>
    </>
  )
}
