import { Button, Stack, Text } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { ProblemText } from '../ProblemText.tsx'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { standInFor } from './keys.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  readonly keys: readonly Key[]
  readonly onDone: () => void
  readonly onCancel: () => void
}

const Consequences = ({ card, keys }: Pick<Props, 'card' | 'keys'>) => {
  const { t } = useSpeech()
  const standIn = standInFor(card, keys)
  const provider = t(`providers.${card.provider}`)
  return (
    <Stack gap="xs" fz="sm">
      <Text inherit fw={600}>
        {standIn === undefined
          ? t('popup.disconnect.pauses')
          : t('popup.disconnect.backup', { other: t(`providers.${standIn.provider}`) })}
      </Text>
      <Text inherit>{t('popup.disconnect.stays')}</Text>
      <Text inherit>{t('popup.disconnect.revoke', { provider })}</Text>
    </Stack>
  )
}

/** Says what stops, then disconnects. */
export const Disconnecting = ({ vault, card, keys, onDone, onCancel }: Props) => {
  const { t } = useSpeech()
  const leaving = useDoing<void, void>(() => vault.disconnectKey(card.id), onDone)
  return (
    <Stack gap="sm">
      <Consequences card={card} keys={keys} />
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
