import { Button, Loader, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useRef, useState } from 'react'
import type { KeyConnected, KeyFlaw } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { ProblemText } from '../ProblemText.tsx'
import type { TellableProblem } from '../problem-sentences.ts'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { KeyField, shapeOf } from './KeyField.tsx'

type Props = {
  readonly provider: ProviderName
  readonly advice: string
  readonly send: (key: string) => Promise<KeyConnected>
  readonly onDone: (connected: KeyConnected) => void
}

const misshapen = (provider: ProviderName, flaw: KeyFlaw): TellableProblem => ({
  slug: 'key-misshapen',
  facts: { provider, flaw },
})

const takeFrom = (field: HTMLInputElement | null): string => {
  if (field === null) return ''
  const typed = field.value.trim()
  field.value = ''
  return typed
}

const Verifying = ({ provider }: { provider: ProviderName }) => {
  const { t } = useSpeech()
  return (
    <Stack gap={4} align="center" py="lg" role="status">
      <Loader size="sm" />
      <Text fz="sm" fw={600}>
        {t('popup.connect.verifying', { provider: t(`providers.${provider}`) })}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('popup.connect.verifyingHint')}
      </Text>
    </Stack>
  )
}

/**
 * Takes a pasted key to the vault. The field is emptied before the request leaves, and the value lives only in the request:
 * not in state, not in the cache of mutations, not in storage. A misshapen key is not sent at all.
 */
export const KeyForm = ({ provider, advice, send, onDone }: Props) => {
  const { t } = useSpeech()
  const field = useRef<HTMLInputElement>(null)
  const [flaw, setFlaw] = useState<KeyFlaw>()
  const onItsWay = useRef('')
  const sending = useDoing<void, KeyConnected>(() => {
    const key = onItsWay.current
    onItsWay.current = ''
    return send(key)
  }, onDone)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const typed = takeFrom(field.current)
    const shape = shapeOf(provider, typed)
    setFlaw(shape === 'looks-right' ? undefined : shape)
    if (shape !== 'looks-right') return
    onItsWay.current = typed
    sending.start()
  }
  if (sending.busy) return <Verifying provider={provider} />
  const problem = flaw === undefined ? sending.problem : misshapen(provider, flaw)
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <KeyField provider={provider} field={field} />
        {problem !== undefined && <ProblemText problem={problem} />}
        <Text fz="xs" c="dimmed">
          {advice}
        </Text>
        <Button type="submit">{t('popup.connect.verify')}</Button>
      </Stack>
    </form>
  )
}
