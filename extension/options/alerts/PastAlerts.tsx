import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { SentAlert } from '../../../shared/books/alerts.ts'
import { alertInWords, leadOf } from '../../ui/alerts/sentences.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import type { Reading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { Deliveries } from './Deliveries.tsx'
import type { Sent } from './sent.ts'

type Zoned = { readonly timeZone: string | undefined }

const Past = ({ alert, timeZone }: Zoned & { alert: SentAlert }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const lead = leadOf(alert.subject)
  return (
    <Group component="li" gap="sm" align="baseline" wrap="wrap" py={8} data-past={alert.subject.kind}>
      <Text
        fz="xs"
        c="dimmed"
        miw={110}
        style={{ flex: 'none' }}
        title={exactMoment(alert.at, locale, timeZone)}
      >
        {momentInWords(alert.at, locale, timeZone)}
      </Text>
      <Stack gap={4} miw={0} style={{ flex: '1 1 240px' }}>
        <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {alertInWords(speech, alert.subject)}{' '}
          {lead !== undefined && (
            <Anchor inherit underline="always" href={`#${lead.route}`}>
              {t(`alerts.look.${lead.page}`)}
            </Anchor>
          )}
        </Text>
        <Deliveries deliveries={alert.deliveries} timeZone={timeZone} />
      </Stack>
    </Group>
  )
}

/** What somebody was told of, newest first, and where it went. */
export const PastAlerts = ({ sent, timeZone }: Zoned & { sent: Reading<Sent> }) => {
  const { t } = useSpeech()
  return (
    <Section title={t('options.alerts.list.title')}>
      <Loaded reading={sent} skeleton={<Skeleton height={160} />}>
        {({ alerts, more }) =>
          alerts.length === 0 ? (
            <EmptyState
              title={t('options.alerts.list.emptyTitle')}
              todo={t('options.alerts.list.emptyTodo')}
            />
          ) : (
            <>
              <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
                {alerts.map((alert) => (
                  <Past key={alert.id} alert={alert} timeZone={timeZone} />
                ))}
              </Stack>
              {more !== undefined && (
                <Group>
                  <Button size="xs" variant="default" loading={more.busy} onClick={more.load}>
                    {t('options.alerts.list.more')}
                  </Button>
                </Group>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}
