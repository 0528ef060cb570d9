import { Button, Stack, Text } from '@mantine/core'
import type { Key, KeyList } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { ProblemText } from '../ProblemText.tsx'
import { useDoing } from '../reading.ts'
import { type Speech, useSpeech } from '../words/speech.ts'
import { keyName } from './key-names.ts'
import { backupAfter, leavingOf } from './leaving.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  readonly list: KeyList
  readonly onDone: () => void
  readonly onCancel: () => void
}

type Consequence = Pick<Props, 'card' | 'list'>

const whatStops = (speech: Speech, { card, list }: Consequence): string => {
  const { t, locale } = speech
  const leaving = leavingOf(card, list)
  const named = (channels: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(channels)
  switch (leaving.kind) {
    case 'nothing':
      return leaving.why === 'unused'
        ? t('popup.disconnect.unused')
        : t('popup.disconnect.refused', { provider: t(`providers.${card.provider}`) })
    case 'goes-on':
      return t('popup.disconnect.goesOn', { other: keyName(speech, leaving.answering, list.keys) })
    case 'stops-in':
      return t('popup.disconnect.stopsIn', { channels: named(leaving.channels) })
    case 'stops-but-in':
      return t('popup.disconnect.stopsButIn', { channels: named(leaving.channels) })
    case 'stops':
      return t('popup.disconnect.pauses')
  }
}

const whoStandsIn = ({ t }: Speech, { card, list }: Consequence): string | undefined => {
  const after = backupAfter(card, list)
  const { backup } = list.routing
  if (after === 'as-before' || backup === null) return undefined
  const isTold = leavingOf(card, list).kind === 'goes-on'
  return after === 'gone' || isTold
    ? t('popup.disconnect.backupGone')
    : t('popup.disconnect.backupFirst', { backup: t(`providers.${backup}`) })
}

const Consequences = (consequence: Consequence) => {
  const speech = useSpeech()
  const { t } = speech
  const standingIn = whoStandsIn(speech, consequence)
  const provider = t(`providers.${consequence.card.provider}`)
  return (
    <Stack gap="xs" fz="sm" style={{ overflowWrap: 'anywhere' }}>
      <Text inherit fw={600}>
        {whatStops(speech, consequence)}
      </Text>
      {standingIn !== undefined && <Text inherit>{standingIn}</Text>}
      <Text inherit>{t('popup.disconnect.stays')}</Text>
      <Text inherit>{t('popup.disconnect.revoke', { provider })}</Text>
    </Stack>
  )
}

/** Says what stops and what goes on, then disconnects. */
export const Disconnecting = ({ vault, card, list, onDone, onCancel }: Props) => {
  const { t } = useSpeech()
  const leaving = useDoing<void, void>(() => vault.disconnectKey(card.id), onDone)
  return (
    <Stack gap="sm">
      <Consequences card={card} list={list} />
      {leaving.problem !== undefined && <ProblemText problem={leaving.problem} />}
      <Button loading={leaving.busy} onClick={() => leaving.start()}>
        {t('popup.disconnect.confirm')}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </Stack>
  )
}
