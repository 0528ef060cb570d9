import { Box, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { Key } from '../../../shared/keys.ts'
import type { Rank } from '../../ui/keys/keys.ts'
import { failureInWords } from '../../ui/problem-sentences.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { KeyFacts } from './KeyFacts.tsx'
import type { KeyStep } from './step.ts'

type Props = {
  readonly card: Key
  readonly rank: Rank
  readonly timeZone: string
  readonly go: (step: KeyStep) => void
  readonly onUseFirst: () => void
}

const Dot = ({ color }: { color: string }) => (
  <Box w={8} h={8} bg={color} style={{ borderRadius: '50%', flex: 'none' }} aria-hidden />
)

const Working = ({ rank }: { rank: Rank }) => {
  const { t } = useSpeech()
  const rankInWords = rank === 'only' ? [] : [t(`popup.keys.ranks.${rank}`)]
  return (
    <Group gap={8} wrap="nowrap">
      <Dot color="var(--mantine-color-accent-6)" />
      <Text fz="sm">{[t('popup.keys.connected'), ...rankInWords].join(' · ')}</Text>
    </Group>
  )
}

const Rejected = ({ card }: { card: Key }) => {
  const speech = useSpeech()
  const provider = speech.t(`providers.${card.provider}`)
  const words =
    card.rejectedFor === null ? undefined : failureInWords(speech, card.provider, card.rejectedFor)
  return (
    <Group gap={8} wrap="nowrap" align="baseline">
      <Dot color="var(--ownkey-bar-red)" />
      <Text fz="sm" c="var(--ownkey-ink-red)">
        {words?.happened ?? speech.t('popup.keys.rejected', { provider })} {words?.todo}
      </Text>
    </Group>
  )
}

const Actions = ({ card, rank, go, onUseFirst }: Omit<Props, 'timeZone'>) => {
  const { t } = useSpeech()
  const keyId = card.id
  const replacing = card.state === 'rejected' ? 'filled' : 'default'
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => go({ step: 'model', keyId })}>
        {t('popup.keys.chooseModel')}
      </Button>
      {rank !== 'only' && !card.primary && (
        <Button size="xs" variant="default" onClick={onUseFirst}>
          {t('popup.keys.useFirst')}
        </Button>
      )}
      <Button size="xs" variant={replacing} onClick={() => go({ step: 'replace', keyId })}>
        {t('popup.keys.replace')}
      </Button>
      <Button size="xs" variant="default" onClick={() => go({ step: 'disconnect', keyId })}>
        {t('popup.keys.disconnect')}
      </Button>
    </Group>
  )
}

/** One key: whose it is, whether it works, all that is known of it, and what can be done. Never the key or digits of it. */
export const KeyPanel = ({ card, rank, timeZone, go, onUseFirst }: Props) => {
  const { t } = useSpeech()
  const id = useId()
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id} data-key={card.provider}>
      <Stack gap="md">
        <Stack gap={2}>
          <Title order={2} fz="md" id={id}>
            {t(`providers.${card.provider}`)}
          </Title>
          {card.state === 'rejected' ? <Rejected card={card} /> : <Working rank={rank} />}
        </Stack>
        <KeyFacts card={card} timeZone={timeZone} />
        <Actions card={card} rank={rank} go={go} onUseFirst={onUseFirst} />
      </Stack>
    </Paper>
  )
}
