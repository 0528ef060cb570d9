import { Group, Stack, Text } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import type { Rank } from '../../ui/keys/keys.ts'
import { failureInWords } from '../../ui/problem-sentences.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Go } from '../view.ts'
import { KeyMenu } from './KeyMenu.tsx'

type Props = {
  readonly card: Key
  readonly rank: Rank
  readonly go: Go
  readonly onUseFirst: (id: string) => void
}

const Rejected = ({ card, onReplace }: { card: Key; onReplace: () => void }) => {
  const speech = useSpeech()
  const provider = speech.t(`providers.${card.provider}`)
  const reason = card.rejectedFor
  const words = reason === null ? undefined : failureInWords(speech, card.provider, reason)
  return (
    <>
      <Text fz="xs" c="var(--ownkey-ink-red)">
        {words?.happened ?? speech.t('popup.keys.rejected', { provider })} {words?.todo}
      </Text>
      <QuietButton onClick={onReplace}>{speech.t('popup.keys.replace')}</QuietButton>
    </>
  )
}

const Working = ({ card, rank }: { card: Key; rank: Rank }) => {
  const { t } = useSpeech()
  return (
    <Text fz="xs" c="dimmed">
      {[
        t('popup.keys.connected'),
        card.model.name,
        ...(rank === 'only' ? [] : [t(`popup.keys.ranks.${rank}`)]),
      ].join(' · ')}
    </Text>
  )
}

/** One key: whose it is, whether it works, what it drafts with. Never the key or digits of it. */
export const KeyCard = ({ card, rank, go, onUseFirst }: Props) => {
  const { t } = useSpeech()
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs" data-key={card.provider}>
      <Stack gap={0} miw={0}>
        <Text fz="sm" fw={600}>
          {t(`providers.${card.provider}`)}
        </Text>
        {card.state === 'rejected' ? (
          <Rejected card={card} onReplace={() => go({ view: 'replace', keyId: card.id })} />
        ) : (
          <Working card={card} rank={rank} />
        )}
        {!card.addressIsDefault && (
          <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('popup.keys.customAddress', { address: card.baseAddress })}
          </Text>
        )}
      </Stack>
      <KeyMenu card={card} go={go} onUseFirst={onUseFirst} />
    </Group>
  )
}
