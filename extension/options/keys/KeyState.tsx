import { Box, Group, Text } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import { isSilent, type Rank } from '../../ui/keys/places.ts'
import { momentInWords, timeInWords } from '../../ui/moments.ts'
import { failureInWords } from '../../ui/problem-sentences.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

type Props = { readonly card: Key; readonly rank: Rank; readonly timeZone: string }

type Told = { readonly dot: string; readonly ink: string | undefined; readonly words: string }

const amber = { dot: 'var(--ownkey-bar-amber)', ink: 'var(--ownkey-ink-amber)' }
const red = { dot: 'var(--ownkey-bar-red)', ink: 'var(--ownkey-ink-red)' }
const calm = { dot: 'var(--mantine-color-accent-6)', ink: undefined }

const rejected = (speech: Speech, { provider, rejectedFor }: Key): string => {
  const words = rejectedFor === null ? undefined : failureInWords(speech, provider, rejectedFor)
  if (words === undefined)
    return speech.t('popup.keys.rejected', { provider: speech.t(`providers.${provider}`) })
  return `${words.happened} ${words.todo}`
}

const told = (speech: Speech, { card, rank, timeZone }: Props, now: number): Told => {
  const { t, locale } = speech
  if (card.state === 'rejected') return { ...red, words: rejected(speech, card) }
  if (isSilent(card)) return { ...amber, words: t('options.routing.key.silent') }
  if (card.restsUntil !== null && card.restsUntil > now) {
    const time = timeInWords(card.restsUntil, locale, timeZone)
    return { ...amber, words: t('options.routing.key.rests', { time }) }
  }
  if (card.uncheckedSince !== null) {
    const moment = momentInWords(card.uncheckedSince, locale, timeZone)
    const provider = t(`providers.${card.provider}`)
    return { ...amber, words: t('options.routing.key.unchecked', { moment, provider }) }
  }
  const ranked = rank === 'only' || rank === 'unused' ? [] : [t(`popup.keys.ranks.${rank}`)]
  return { ...calm, words: [t('popup.keys.connected'), ...ranked].join(' · ') }
}

/** Whether a key works, in words; where it does not, why and what to do. */
export const KeyState = (props: Props) => {
  const speech = useSpeech()
  const { now } = useParts()
  const { dot, ink, words } = told(speech, props, now())
  return (
    <Group gap={8} wrap="nowrap" align="baseline">
      <Box w={8} h={8} bg={dot} style={{ borderRadius: '50%', flex: 'none' }} aria-hidden />
      <Text fz="sm" {...(ink === undefined ? {} : { c: ink })}>
        {words}
      </Text>
    </Group>
  )
}
