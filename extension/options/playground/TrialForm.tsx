import { Button, Group, Kbd, Stack, Text, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { draftBounds } from '../../../shared/drafts.ts'
import type { Drafting } from '../../../shared/status.ts'
import { amountInWords, countInWords, exactAmount } from '../../ui/amounts.ts'
import { estimateOf } from '../../ui/drafts/estimate.ts'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Trial } from './trying.ts'

type ModelProps = { readonly drafting: Drafting; readonly trial: Trial; readonly label: string | null }

/** Which model will answer, and what that will probably cost. */
const Model = ({ drafting, trial, label }: ModelProps) => {
  const { t, locale } = useSpeech()
  const { amount, inputTokens, outputTokens } = estimateOf(drafting, [trial.message, trial.instruction])
  const hint = t('assistant.ask.estimateHint', {
    input: countInWords(inputTokens, locale),
    output: countInWords(outputTokens, locale),
    model: drafting.modelName,
  })
  return (
    <Group gap={8} fz="sm" c="dimmed">
      <Text component="span" inherit>
        {drafting.modelName}
      </Text>
      <Text component="span" inherit title={`${hint} ${exactAmount(amount, locale)}`}>
        {t('assistant.ask.estimate', { amount: amountInWords(amount, locale) })}
      </Text>
      <ProviderLabel label={label} />
    </Group>
  )
}

const shortcut = /Mac/.test(navigator.platform) ? '⌘↵' : 'Ctrl ↵'

type Props = {
  readonly drafting: Drafting | null
  readonly label: string | null
  readonly busy: boolean
  readonly blocked: boolean
  readonly onTry: (trial: Trial) => void
}

/** What is tried out, with the model and the estimate beside the button; Ctrl/⌘+Enter presses it from either field. */
export const TrialForm = ({ drafting, label, busy, blocked, onTry }: Props) => {
  const { t } = useSpeech()
  const [trial, setTrial] = useState<Trial>({ message: '', instruction: '' })
  const fixed = blocked || busy || trial.message.trim() === ''
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || fixed) return
    event.preventDefault()
    onTry(trial)
  }
  return (
    <Stack gap="sm" onKeyDown={onKeyDown}>
      <Textarea
        label={t('options.playground.message')}
        placeholder={t('assistant.paste.placeholder')}
        autosize
        minRows={6}
        maxRows={16}
        dir="auto"
        maxLength={draftBounds.turnText}
        value={trial.message}
        onChange={({ currentTarget }) => setTrial({ ...trial, message: currentTarget.value })}
      />
      <Textarea
        label={t('options.playground.instruction')}
        autosize
        minRows={1}
        maxRows={6}
        dir="auto"
        maxLength={draftBounds.instruction}
        value={trial.instruction}
        onChange={({ currentTarget }) => setTrial({ ...trial, instruction: currentTarget.value })}
      />
      <Group justify="space-between" gap="sm">
        {drafting === null ? <span /> : <Model drafting={drafting} trial={trial} label={label} />}
        <Button
          disabled={fixed}
          onClick={() => onTry(trial)}
          rightSection={
            <Kbd size="xs" aria-hidden>
              {shortcut}
            </Kbd>
          }
        >
          {t('assistant.ask.draft')}
        </Button>
      </Group>
    </Stack>
  )
}
