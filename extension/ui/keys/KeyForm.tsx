import { Button, Loader, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useRef, useState } from 'react'
import type { KeyFlaw } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { ProblemText } from '../ProblemText.tsx'
import type { TellableProblem } from '../problem-sentences.ts'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { type JudgeKey, KeyField, shapeOf } from './KeyField.tsx'

type Props<Connected> = {
  readonly provider: ProviderName
  readonly advice: string
  readonly send: (key: string) => Promise<Connected>
  readonly onDone: (connected: Connected) => void
  /** The shape that is wanted; a key that drafts, without it. */
  readonly judge?: JudgeKey
  /** What proving the key is; one tiny call with a receipt, without it. */
  readonly proving?: string
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

const Verifying = ({ provider, proving }: { provider: ProviderName; proving: string | undefined }) => {
  const { t } = useSpeech()
  return (
    <Stack gap={4} align="center" py="lg" role="status">
      <Loader size="sm" />
      <Text fz="sm" fw={600}>
        {t('popup.connect.verifying', { provider: t(`providers.${provider}`) })}
      </Text>
      <Text fz="xs" c="dimmed">
        {proving ?? t('popup.connect.verifyingHint')}
      </Text>
    </Stack>
  )
}

/**
 * Takes a pasted key to the vault. The field is emptied before the request leaves, and the value lives only in the request:
 * not in state, not in the cache of mutations, not in storage. A misshapen key is not sent at all.
 */
export const KeyForm = <Connected,>({ provider, advice, send, onDone, judge, proving }: Props<Connected>) => {
  const { t } = useSpeech()
  const field = useRef<HTMLInputElement>(null)
  const [flaw, setFlaw] = useState<KeyFlaw>()
  const onItsWay = useRef('')
  const sending = useDoing<void, Connected>(() => {
    const key = onItsWay.current
    onItsWay.current = ''
    return send(key)
  }, onDone)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const typed = takeFrom(field.current)
    const shape = shapeOf(provider, typed, judge)
    setFlaw(shape === 'looks-right' ? undefined : shape)
    if (shape !== 'looks-right') return
    onItsWay.current = typed
    sending.start()
  }
  if (sending.busy) return <Verifying provider={provider} proving={proving} />
  const problem = flaw === undefined ? sending.problem : misshapen(provider, flaw)
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <KeyField provider={provider} field={field} judge={judge} />
        {problem !== undefined && <ProblemText problem={problem} />}
        <Text fz="xs" c="dimmed">
          {advice}
        </Text>
        <Button type="submit">{t('popup.connect.verify')}</Button>
      </Stack>
    </form>
  )
}
