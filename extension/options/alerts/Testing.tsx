import { Box, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { AlertSettings, SentAlert } from '../../../shared/books/alerts.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { type Reading, useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { useParts } from '../parts.tsx'
import { Deliveries } from './Deliveries.tsx'
import type { Sent } from './sent.ts'

/** As it is now, where the list has it; as it was when it was asked for, otherwise. */
const followed = (asked: SentAlert | undefined, sent: Reading<Sent>): SentAlert | undefined => {
  const listed = sent.state === 'ready' ? sent.value.alerts.find(({ id }) => id === asked?.id) : undefined
  return listed ?? asked
}

type Props = {
  readonly settings: AlertSettings
  readonly sent: Reading<Sent>
  readonly timeZone: string | undefined
}

/** Sends a test to everybody who is told, and says what became of it. */
export const Testing = ({ settings, sent, timeZone }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asked, setAsked] = useState<SentAlert>()
  const testing = useDoing<void, SentAlert>(vault.testAlerts, setAsked)
  const test = followed(asked, sent)
  const isNobody = settings.emails.length === 0 && settings.webhook === null
  return (
    <Section title={t('options.alerts.test.title')} hint={t('options.alerts.test.hint')}>
      {isNobody && <Text fz="sm">{t('options.alerts.test.nobody')}</Text>}
      <Group>
        <Button variant="default" disabled={isNobody} loading={testing.busy} onClick={() => testing.start()}>
          {t('options.alerts.test.send')}
        </Button>
      </Group>
      {testing.problem !== undefined && <ProblemText problem={testing.problem} />}
      <Box role="status" data-test={test?.id}>
        {test !== undefined && <Deliveries deliveries={test.deliveries} timeZone={timeZone} />}
      </Box>
    </Section>
  )
}
