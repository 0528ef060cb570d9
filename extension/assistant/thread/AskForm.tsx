import { Group, Kbd, Stack, Text, Textarea } from '@mantine/core'
import type { Ref } from 'react'
import { draftBounds } from '../../../shared/drafts.ts'
import type { Drafting } from '../../../shared/status.ts'
import { amountInWords, exactAmount } from '../../ui/amounts.ts'
import { estimateOf } from '../../ui/drafts/estimate.ts'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { ArmedButton, type ArmedHandle } from '../session/Arming.tsx'
import { begunOf, included, type Sending } from './sending.ts'

const hostOf = (site: string): string => new URL(site).host

const EstimateText = (props: {
  drafting: Drafting
  sending: Sending
  instruction: string
  label: string | null
}) => {
  const { t, locale } = useSpeech()
  const { drafting, sending, instruction } = props
  const texts = [...included(sending).map(({ text }) => text), begunOf(sending) ?? '', instruction]
  const { amount, inputTokens, outputTokens } = estimateOf(drafting, texts)
  const number = new Intl.NumberFormat(locale)
  const hint = t('assistant.ask.estimateHint', {
    input: number.format(inputTokens),
    output: number.format(outputTokens),
    model: drafting.modelName,
  })
  return (
    <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
      <Text component="span" inherit title={`${hint} ${exactAmount(amount, locale)}`}>
        {t('assistant.ask.estimate', { amount: amountInWords(amount, locale) })}
      </Text>
      <ProviderLabel label={props.label} />
    </Group>
  )
}

type Props = {
  readonly sending: Sending
  readonly language: string | undefined
  readonly drafting: Drafting | null
  readonly label: string | null
  readonly instruction: string
  readonly onInstruction: (instruction: string) => void
  readonly disabled: boolean
  readonly onDraft: () => void
  /** Only the reserve of a cap is left: marking the draft as urgent is all that helps. */
  readonly onUrgent: (() => void) | undefined
  readonly button: Ref<ArmedHandle>
}

/** Undefined when the page speaks the person's own language, or names one that nobody knows. */
const foreignLanguage = (language: string, locale: string): string | undefined => {
  if (language.slice(0, 2).toLowerCase() === locale.slice(0, 2)) return undefined
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(language)
  } catch {
    return undefined
  }
}

const Context = ({ sending, language, drafting }: Pick<Props, 'sending' | 'language' | 'drafting'>) => {
  const { t, locale } = useSpeech()
  const spoken = language === undefined ? undefined : foreignLanguage(language, locale)
  const words = [
    ...(sending.site === undefined ? [] : [hostOf(sending.site)]),
    ...(spoken === undefined ? [] : [t('assistant.ask.language', { language: spoken })]),
    ...(drafting === null ? [] : [drafting.modelName]),
  ]
  return (
    <Text component="span" inherit truncate>
      {words.join(' · ')}
    </Text>
  )
}

/** What the person wants said, what it will probably cost, and the button that sends it. */
export const AskForm = (props: Props) => {
  const { t } = useSpeech()
  const { sending, drafting, instruction, label } = props
  return (
    <Stack gap={8}>
      <Textarea
        aria-label={t('assistant.ask.instruction')}
        placeholder={t('assistant.ask.instruction')}
        autosize
        minRows={1}
        maxRows={4}
        dir="auto"
        autoFocus={document.activeElement === document.body}
        maxLength={draftBounds.instruction}
        value={instruction}
        onChange={({ currentTarget }) => props.onInstruction(currentTarget.value)}
      />
      <Group gap={8} wrap="nowrap" justify="space-between" fz="xs" c="dimmed">
        <Context sending={sending} language={props.language} drafting={drafting} />
        {drafting !== null && <EstimateText {...{ drafting, sending, instruction, label }} />}
      </Group>
      {props.onUrgent === undefined ? (
        <ArmedButton
          handle={props.button}
          onPress={props.onDraft}
          disabled={props.disabled}
          fullWidth
          rightSection={
            <Kbd size="xs" aria-hidden>
              {shortcut}
            </Kbd>
          }
        >
          {t('assistant.ask.draft')}
        </ArmedButton>
      ) : (
        <ArmedButton onPress={props.onUrgent} disabled={props.disabled} fullWidth>
          {t('assistant.ask.urgent')}
        </ArmedButton>
      )}
    </Stack>
  )
}

const shortcut = /Mac/.test(navigator.platform) ? '⌘↵' : 'Ctrl ↵'
