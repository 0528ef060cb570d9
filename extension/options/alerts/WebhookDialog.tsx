import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { type WebhookConnected, WebhookConnection } from '../../../shared/books/alerts.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { Copyable } from '../../ui/pairing/Copyable.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useParts } from '../parts.tsx'

const takeFrom = (field: HTMLInputElement | null): string => {
  if (field === null) return ''
  const typed = field.value.trim()
  field.value = ''
  return typed
}

const isAddress = (typed: string): boolean => WebhookConnection.safeParse({ address: typed }).success

/** What is sent lives only in the request, as a provider's key does: not in state, not in the cache of mutations. */
const useConnecting = (onConnected: (connected: WebhookConnected) => void) => {
  const { vault } = useParts()
  const onItsWay = useRef('')
  const connecting = useDoing<void, WebhookConnected>(() => {
    const address = onItsWay.current
    onItsWay.current = ''
    return vault.connectWebhook(address)
  }, onConnected)
  return {
    ...connecting,
    start: (address: string) => {
      onItsWay.current = address
      connecting.start()
    },
  }
}

const Form = ({ onConnected }: { onConnected: (connected: WebhookConnected) => void }) => {
  const { t } = useSpeech()
  const field = useRef<HTMLInputElement>(null)
  const [malformed, setMalformed] = useState(false)
  const connecting = useConnecting(onConnected)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const isGood = isAddress(field.current?.value.trim() ?? '')
    setMalformed(!isGood)
    if (isGood && !connecting.busy) connecting.start(takeFrom(field.current))
  }
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <TextInput
          ref={field}
          type="url"
          dir="ltr"
          label={t('options.alerts.webhook.address')}
          description={t('options.alerts.webhook.addressHint')}
          placeholder={t('options.alerts.webhook.example')}
          error={malformed && t('options.alerts.webhook.malformed')}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          data-1p-ignore
          data-lpignore="true"
        />
        {!malformed && connecting.problem !== undefined && <ProblemText problem={connecting.problem} />}
        <Group justify="flex-end">
          <Button type="submit" loading={connecting.busy}>
            {t('options.alerts.webhook.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const Secret = ({ secret, onDone }: { secret: string; onDone: () => void }) => {
  const { t } = useSpeech()
  const once = useRef<HTMLParagraphElement>(null)
  useEffect(() => once.current?.focus(), [])
  return (
    <Stack gap="md">
      <Text fz="sm" fw={600} ref={once} tabIndex={-1} style={{ outline: 'none' }}>
        {t('options.alerts.webhook.once')}
      </Text>
      <Copyable name={t('options.alerts.webhook.secret')} value={secret} />
      <Text fz="sm">{t('options.alerts.webhook.verify')}</Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('options.alerts.webhook.ready')}</Button>
      </Group>
    </Stack>
  )
}

/** Takes a webhook's address to the vault and shows the signing secret this once; a click beside the dialog does not lose it. */
export const WebhookDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech()
  const [secret, setSecret] = useState<string>()
  const title =
    secret === undefined ? t('options.alerts.webhook.connect') : t('options.alerts.webhook.secretTitle')
  return (
    <OpenDialog title={title} onClose={onClose} light={secret === undefined} width={520}>
      {secret === undefined ? (
        <Form onConnected={(connected) => setSecret(connected.secret)} />
      ) : (
        <Secret secret={secret} onDone={onClose} />
      )}
    </OpenDialog>
  )
}
