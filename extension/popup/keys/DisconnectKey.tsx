import { Button, Stack, Text } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'
import { standInFor } from './keys.ts'

type Props = { readonly card: Key; readonly keys: readonly Key[]; readonly go: Go }

const Consequences = ({ card, keys }: Omit<Props, 'go'>) => {
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
export const DisconnectKey = ({ card, keys, go }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const leaving = useDoing<void, void>(
    () => vault.disconnectKey(card.id),
    () => go(home),
  )
  const provider = t(`providers.${card.provider}`)
  return (
    <Subview title={t('popup.disconnect.title', { provider })} onBack={() => go(home)}>
      <Consequences card={card} keys={keys} />
      {leaving.problem !== undefined && <ProblemText problem={leaving.problem} />}
      <Button loading={leaving.busy} onClick={() => leaving.start()}>
        {t('popup.disconnect.confirm')}
      </Button>
      <Button variant="default" onClick={() => go(home)}>
        {t('common.cancel')}
      </Button>
    </Subview>
  )
}
