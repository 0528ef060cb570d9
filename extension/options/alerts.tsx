import { Skeleton, Stack, Text } from '@mantine/core'
import type { AlertSettings } from '../../shared/books/alerts.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { type Reading, useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { Emails } from './alerts/Emails.tsx'
import { PastAlerts } from './alerts/PastAlerts.tsx'
import { type Sent, useSent } from './alerts/sent.ts'
import { Testing } from './alerts/Testing.tsx'
import { Thresholds } from './alerts/Thresholds.tsx'
import { Webhook } from './alerts/Webhook.tsx'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={300} />
    <Skeleton height={180} />
    <Skeleton height={140} />
  </Stack>
)

type Props = {
  readonly settings: AlertSettings
  readonly sent: Reading<Sent>
  readonly timeZone: string | undefined
}

const Settings = ({ settings, sent, timeZone }: Props) => (
  <Stack gap="sm">
    <Thresholds settings={settings} />
    <Emails settings={settings} />
    <Webhook settings={settings} timeZone={timeZone} />
    <Testing settings={settings} sent={sent} timeZone={timeZone} />
  </Stack>
)

/** Of what somebody is told, whom, and what they were told. */
export const AlertsTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const settings = useReading(['alert-settings'], vault.alertSettings)
  const sent = useSent()
  const timeZone = status?.workspace.timeZone
  return (
    <>
      <TabHeading title={t('options.alerts.tab')} note={t('options.alerts.note')} label={null} />
      <Text fz="sm" maw={720} mb="md">
        {t('options.alerts.intro')}
      </Text>
      <Stack gap="sm">
        <Loaded reading={settings} skeleton={<Waiting />}>
          {(known) => <Settings settings={known} sent={sent} timeZone={timeZone} />}
        </Loaded>
        <PastAlerts sent={sent} timeZone={timeZone} />
      </Stack>
    </>
  )
}
