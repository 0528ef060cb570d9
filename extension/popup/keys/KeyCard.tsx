import { Group, Stack, Text } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import type { Rank } from '../../ui/keys/places.ts'
import { FormerVersion } from '../../ui/keys/rotation/FormerVersion.tsx'
import { TryAgain } from '../../ui/keys/rotation/TryAgain.tsx'
import { dayInWords, timeInWords } from '../../ui/moments.ts'
import { failureInWords } from '../../ui/problem-sentences.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { type Go, home } from '../view.ts'
import { KeyMenu } from './KeyMenu.tsx'

type Props = {
  readonly card: Key
  readonly rank: Rank
  /** What the key is called among the others. */
  readonly name: string
  readonly go: Go
  readonly onUseFirst: (id: string) => void
}

const Rejected = ({ card, go }: Pick<Props, 'card' | 'go'>) => {
  const speech = useSpeech()
  const { vault } = useParts()
  const provider = speech.t(`providers.${card.provider}`)
  const reason = card.rejectedFor
  const words = reason === null ? undefined : failureInWords(speech, card.provider, reason)
  return (
    <>
      <Text fz="xs" c="var(--ownkey-ink-red)">
        {words?.happened ?? speech.t('popup.keys.rejected', { provider })} {words?.todo}
      </Text>
      <Group gap="md" align="flex-start">
        <QuietButton onClick={() => go({ view: 'replace', keyId: card.id })}>
          {speech.t('popup.keys.replace')}
        </QuietButton>
        <TryAgain vault={vault} card={card} isQuiet onAccepted={() => go(home)} />
      </Group>
    </>
  )
}

/** What is out of the ordinary with a key that its provider takes. */
const passing = ({ t, locale }: Speech, { restsUntil, uncheckedSince }: Key): string | undefined => {
  if (restsUntil !== null) return t('popup.keys.rests', { time: timeInWords(restsUntil, locale) })
  if (uncheckedSince !== null) return t('popup.keys.unchecked', { day: dayInWords(uncheckedSince, locale) })
  return undefined
}

const Working = ({ card, rank }: { card: Key; rank: Rank }) => {
  const speech = useSpeech()
  const { t } = speech
  const unusual = passing(speech, card)
  const words = [
    unusual === undefined ? t('popup.keys.connected') : unusual,
    card.model.name,
    ...(rank === 'only' ? [] : [t(`popup.keys.ranks.${rank}`)]),
  ]
  return (
    <Text fz="xs" c={unusual === undefined ? 'dimmed' : 'var(--ownkey-ink-amber)'}>
      {words.join(' · ')}
    </Text>
  )
}

/** One key: whose it is, whether it works, what it drafts with and when it answers. Never the key or digits of it. */
export const KeyCard = ({ card, rank, name, go, onUseFirst }: Props) => {
  const { t } = useSpeech()
  const { vault, notices, surroundings } = useParts()
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs" data-key={card.provider}>
      <Stack gap={0} miw={0} style={{ overflowWrap: 'anywhere' }}>
        <Text fz="sm" fw={600} dir="auto">
          {name}
        </Text>
        {card.state === 'rejected' ? <Rejected card={card} go={go} /> : <Working card={card} rank={rank} />}
        {!card.addressIsDefault && (
          <Text fz="xs" c="dimmed">
            {t('popup.keys.customAddress', { address: card.baseAddress })}
          </Text>
        )}
        <FormerVersion vault={vault} card={card} now={notices.now} timeZone={surroundings.timeZone} />
      </Stack>
      <KeyMenu
        card={card}
        name={name}
        isFirst={rank === 'first' || rank === 'only'}
        go={go}
        onUseFirst={onUseFirst}
      />
    </Group>
  )
}
