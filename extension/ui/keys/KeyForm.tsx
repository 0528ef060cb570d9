import { Button, Loader, Stack, Text } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react'
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
  readonly judge?: JudgeKey | undefined
  /** What proving the key is; one tiny call with a receipt, without it. */
  readonly proving?: string
  /** The verb on the button; verifying and saving, without it. */
  readonly action?: string
  /** The fields that the key is in, part by part; one for the whole of it, without them. */
  readonly fields?: ReactNode
  /** What goes along with the key, above and below it. */
  readonly above?: ReactNode
  readonly below?: ReactNode
  /** Whether what goes along is right; asked at each attempt to send, and says itself what is not. */
  readonly check?: () => boolean
}

const misshapen = (provider: ProviderName, flaw: KeyFlaw): TellableProblem => ({
  slug: 'key-misshapen',
  facts: { provider, flaw },
})

/** Parts of one key are joined as AWS writes them: the id, a colon, the secret. */
const PARTS_JOINED_BY = ':'

/** Takes the key out of its fields and leaves them empty. */
const takeFrom = (form: HTMLFormElement): string =>
  [...form.querySelectorAll<HTMLInputElement>('input[data-secret]')]
    .map((field) => {
      const typed = field.value.trim()
      field.value = ''
      return typed
    })
    .join(PARTS_JOINED_BY)

const Verifying = ({ provider, proving }: { provider: ProviderName; proving: string | undefined }) => {
  const { t } = useSpeech()
  return (
    <Stack gap={4} align="center" py="lg" role="status">
      <Loader size="sm" />
      <Text fz="sm" fw={600}>
        {t('popup.connect.verifying', { provider: t(`providers.${provider}`) })}
      </Text>
      <Text fz="xs" c="dimmed" ta="center">
        {proving ?? t('popup.connect.verifyingHint')}
      </Text>
    </Stack>
  )
}

/** What is sent lives only in the request: not in state, not in the cache of mutations. */
const useSending = <Connected,>(
  send: (key: string) => Promise<Connected>,
  onDone: (connected: Connected) => void,
) => {
  const onItsWay = useRef('')
  const sending = useDoing<void, Connected>(() => {
    const key = onItsWay.current
    onItsWay.current = ''
    return send(key)
  }, onDone)
  const start = (key: string): void => {
    onItsWay.current = key
    sending.start()
  }
  return { busy: sending.busy, problem: sending.problem, start }
}

/**
 * Takes a pasted key to the vault. Its fields are emptied before the request leaves, and the value lives only in the request:
 * not in state, not in the cache of mutations, not in storage. A misshapen key is not sent at all.
 */
export const KeyForm = <Connected,>(props: Props<Connected>) => {
  const { provider, advice, judge, proving, action, fields, above, below, check } = props
  const { t } = useSpeech()
  const [flaw, setFlaw] = useState<KeyFlaw>()
  const sending = useSending(props.send, props.onDone)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (check?.() === false) return
    const typed = takeFrom(event.currentTarget)
    const shape = shapeOf(provider, typed, judge)
    setFlaw(shape === 'looks-right' ? undefined : shape)
    if (shape === 'looks-right') sending.start(typed)
  }
  if (sending.busy) return <Verifying provider={provider} proving={proving} />
  const problem = flaw === undefined ? sending.problem : misshapen(provider, flaw)
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        {above}
        {fields || <KeyField provider={provider} judge={judge} />}
        {below}
        {problem !== undefined && <ProblemText problem={problem} />}
        <Text fz="xs" c="dimmed">
          {advice}
        </Text>
        <Button type="submit">{action ?? t('popup.connect.verify')}</Button>
      </Stack>
    </form>
  )
}
