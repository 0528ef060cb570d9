import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AlertSettings } from '../../../shared/books/alerts.ts'
import { dateInWords } from '../../ui/moments.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { Told } from '../frame/Told.tsx'
import { useParts } from '../parts.tsx'

type Connected = NonNullable<AlertSettings['webhook']>

const Here = ({ webhook, timeZone }: { webhook: Connected; timeZone: string | undefined }) => {
  const { t, locale } = useSpeech()
  return (
    <Stack gap={2}>
      <Text fz="sm" fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {webhook.host}
      </Text>
      <Text fz="sm" c="dimmed">
        {t('options.alerts.webhook.connected', { day: dateInWords(webhook.connectedAt, locale, timeZone) })}
      </Text>
    </Stack>
  )
}

type ActionProps = {
  readonly connected: boolean
  readonly onConnect: () => void
  readonly onDisconnect: () => void
}

const Actions = ({ connected, onConnect, onDisconnect }: ActionProps) => {
  const { t } = useSpeech()
  return (
    <Group gap="xs">
      <Button variant="default" onClick={onConnect}>
        {t(connected ? 'options.alerts.webhook.replace' : 'options.alerts.webhook.connect')}
      </Button>
      {connected && (
        <Button variant="default" onClick={onDisconnect}>
          {t('options.alerts.webhook.disconnect')}
        </Button>
      )}
    </Group>
  )
}

type DisconnectProps = { readonly host: string; readonly onDone: () => void; readonly onCancel: () => void }

const Disconnect = ({ host, onDone, onCancel }: DisconnectProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const disconnecting = useDoing<void, void>(vault.disconnectWebhook, onDone)
  return (
    <ConfirmDialog
      title={t('options.alerts.webhook.disconnectTitle')}
      confirm={t('options.alerts.webhook.disconnect')}
      onConfirm={() => disconnecting.start()}
      onCancel={onCancel}
      busy={disconnecting.busy}
      problem={disconnecting.problem}
    >
      <Text inherit style={{ overflowWrap: 'anywhere' }}>
        {t('options.alerts.webhook.disconnectText', { host })}
      </Text>
    </ConfirmDialog>
  )
}

type Props = {
  readonly settings: AlertSettings
  readonly timeZone: string | undefined
  /** Asks for an address; also in the place of the one that is connected. */
  readonly onConnect: () => void
}

/** Where alerts are posted: its host, never its address. */
export const Webhook = ({ settings, timeZone, onConnect }: Props) => {
  const { t } = useSpeech()
  const { webhook } = settings
  const [asking, setAsking] = useState(false)
  const [told, setTold] = useState('')
  const disconnected = () => {
    setAsking(false)
    setTold(t('options.alerts.webhook.disconnected'))
  }
  return (
    <Section title={t('options.alerts.webhook.title')} hint={t('options.alerts.webhook.hint')}>
      {webhook === null ? (
        <Text fz="sm" c="dimmed">
          {t('options.alerts.webhook.none')}
        </Text>
      ) : (
        <Here webhook={webhook} timeZone={timeZone} />
      )}
      <Group gap="sm">
        <Actions connected={webhook !== null} onConnect={onConnect} onDisconnect={() => setAsking(true)} />
        <Told text={webhook === null ? told : ''} />
      </Group>
      {asking && webhook !== null && (
        <Disconnect host={webhook.host} onDone={disconnected} onCancel={() => setAsking(false)} />
      )}
    </Section>
  )
}
