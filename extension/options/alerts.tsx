import { Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AlertSettings } from '../../shared/books/alerts.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { type Reading, useLastKnown, useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { Emails } from './alerts/Emails.tsx'
import { PastAlerts } from './alerts/PastAlerts.tsx'
import { type Sent, useSent } from './alerts/sent.ts'
import { Testing } from './alerts/Testing.tsx'
import { Thresholds } from './alerts/Thresholds.tsx'
import { Webhook } from './alerts/Webhook.tsx'
import { WebhookDialog } from './alerts/WebhookDialog.tsx'
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
  readonly onConnect: () => void
}

const Settings = ({ settings, sent, timeZone, onConnect }: Props) => (
  <Stack gap="sm">
    <Thresholds settings={settings} />
    <Emails settings={settings} />
    <Webhook settings={settings} timeZone={timeZone} onConnect={onConnect} />
    <Testing settings={settings} sent={sent} timeZone={timeZone} />
  </Stack>
)

/**
 * Of what somebody is told, whom, and what they were told. The dialog of the webhook, which shows its secret once, does not hang on the settings
 * being read anew.
 */
export const AlertsTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const settings = useLastKnown(useReading(['alert-settings'], vault.alertSettings))
  const sent = useSent()
  const [connecting, setConnecting] = useState(false)
  const timeZone = status?.workspace.timeZone
  return (
    <>
      <TabHeading title={t('options.alerts.tab')} note={t('options.alerts.note')} label={null} />
      <Text fz="sm" maw={720} mb="md">
        {t('options.alerts.intro')}
      </Text>
      <Stack gap="sm">
        <Loaded reading={settings} skeleton={<Waiting />}>
          {(known) => (
            <Settings
              settings={known}
              sent={sent}
              timeZone={timeZone}
              onConnect={() => setConnecting(true)}
            />
          )}
        </Loaded>
        <PastAlerts sent={sent} timeZone={timeZone} />
      </Stack>
      {connecting && <WebhookDialog onClose={() => setConnecting(false)} />}
    </>
  )
}
