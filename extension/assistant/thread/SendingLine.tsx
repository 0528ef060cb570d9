import { Group, Text } from '@mantine/core'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { begunOf, type Counts, countsOf, type Sending } from './sending.ts'

const parts = ({ t }: Speech, sending: Sending, counts: Counts): readonly string[] => [
  ...(counts.messages > 0 ? [t('assistant.sending.messages', { count: counts.messages })] : []),
  ...(begunOf(sending) === undefined ? [] : [t('assistant.sending.begun')]),
  ...(counts.notes > 0 ? [t('assistant.sending.notes', { count: counts.notes })] : []),
  ...(counts.leftOut > 0 ? [t('assistant.sending.leftOut', { count: counts.leftOut })] : []),
]

type Props = {
  readonly sending: Sending
  /** The name of the channel to which the site belongs, where it belongs to one. */
  readonly channel: string | undefined
  /** Undefined when the messages are on screen anyway. */
  readonly toggle: { readonly open: boolean; readonly onToggle: () => void } | undefined
  readonly onReadAgain: (() => void) | undefined
}

/** One line that says what will be sent and what stays here. */
export const SendingLine = ({ sending, channel, toggle, onReadAgain }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  const words = parts(speech, sending, countsOf(sending))
  return (
    <Group className="bar" gap={8} wrap="nowrap" justify="space-between" align="baseline">
      <Text fz="xs" style={{ minWidth: 0 }}>
        <Text component="span" inherit fw={600}>
          {t('assistant.sending.title')}
        </Text>{' '}
        <Text component="span" inherit c="dimmed">
          {words.length === 0 ? t('assistant.sending.nothing') : words.join(' · ')}
          {channel !== undefined && (
            <bdi data-channel>
              {' · '}
              {t('assistant.sending.channel', { name: channel })}
            </bdi>
          )}
        </Text>
      </Text>
      <Group gap={10} wrap="nowrap" style={{ flex: 'none' }}>
        {onReadAgain !== undefined && (
          <QuietButton onClick={onReadAgain}>{t('assistant.sending.readAgain')}</QuietButton>
        )}
        {toggle !== undefined && (
          <QuietButton onClick={toggle.onToggle}>
            {toggle.open ? t('assistant.sending.hide') : t('assistant.sending.show')}
          </QuietButton>
        )}
      </Group>
    </Group>
  )
}
