import { Box, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key, KeyConnected } from '../../../shared/keys.ts'
import { isSilent, type Rank } from '../../ui/keys/places.ts'
import { FormerVersion } from '../../ui/keys/rotation/FormerVersion.tsx'
import { TryAgain } from '../../ui/keys/rotation/TryAgain.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { KeyFacts, placesInWords } from './KeyFacts.tsx'
import { KeyMenu } from './KeyMenu.tsx'
import { KeyState } from './KeyState.tsx'
import layout from './keys.module.css'
import type { Neighbors } from './ordering.ts'
import type { GoToStep } from './step.ts'

export type KeyCardProps = {
  readonly card: Key
  readonly rank: Rank
  /** What the key is called among the others. */
  readonly name: string
  /** The key whose model is told for the whole provider. */
  readonly usual: Key
  readonly timeZone: string
  readonly neighbors: Neighbors
  readonly go: GoToStep
}

/** Among several keys only what tells them apart; the rest is behind a word. */
const InShort = ({ card, children }: { card: Key; children: ReactNode }) => {
  const speech = useSpeech()
  const { t } = speech
  return (
    <Box component="details" fz="xs">
      <Text component="summary" fz="xs" c="dimmed" style={{ cursor: 'pointer', overflowWrap: 'anywhere' }}>
        {card.channels === null || isSilent(card)
          ? t('common.details')
          : t('options.routing.key.onlyIn', { channels: placesInWords(speech, card) })}
      </Text>
      <Box mt="xs">{children}</Box>
    </Box>
  )
}

type Props = KeyCardProps & {
  /** What it is moved by; none where it is the only one. */
  readonly handle?: ReactNode
}

/** One key: its name, whether it works, all that is known of it, and what can be done. Never the key or digits of it. */
export const KeyCard = ({ card, rank, name, usual, timeZone, neighbors, go, handle }: Props) => {
  const { t } = useSpeech()
  const { vault, now } = useParts()
  const accepted = (connected: KeyConnected) => go({ step: 'done', connected, isAgain: true })
  const provider = t(`providers.${card.provider}`)
  const facts = <KeyFacts card={card} usual={usual} timeZone={timeZone} />
  const replacing = card.state === 'rejected' ? 'filled' : 'default'
  return (
    <Group
      wrap="nowrap"
      align="flex-start"
      gap={6}
      className={handle === undefined ? undefined : layout.card}
      data-key={card.provider}
      data-key-id={card.id}
    >
      {handle}
      <Stack gap="sm" flex={1} miw={0}>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Box flex="1 1 200px" miw={0}>
            {(handle !== undefined || card.label !== provider) && (
              <Text fw={600} fz="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {card.label}
              </Text>
            )}
            <KeyState card={card} rank={rank} timeZone={timeZone} />
            {card.state === 'rejected' && <TryAgain vault={vault} card={card} onAccepted={accepted} />}
          </Box>
          <Group gap={4} wrap="nowrap">
            <Button size="xs" variant={replacing} onClick={() => go({ step: 'replace', keyId: card.id })}>
              {t('popup.keys.replace')}
            </Button>
            <KeyMenu keyId={card.id} name={name} neighbors={neighbors} go={go} />
          </Group>
        </Group>
        <FormerVersion vault={vault} card={card} now={now} timeZone={timeZone} />
        {handle === undefined ? facts : <InShort card={card}>{facts}</InShort>}
      </Stack>
    </Group>
  )
}
