import { Button, Stack } from '@mantine/core'
import type { Key, KeyConnected } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { ProblemText } from '../../ProblemText.tsx'
import { useDoing } from '../../reading.ts'
import { useSpeech } from '../../words/speech.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  /** Told when the provider takes the key again; it answers from then on. */
  readonly onAccepted: (accepted: KeyConnected) => void
}

/** Asks the provider of a refused key once more, by a tiny call that has a receipt. */
export const TryAgain = ({ vault, card, onAccepted }: Props) => {
  const { t } = useSpeech()
  const trying = useDoing<void, KeyConnected>(() => vault.verifyKey(card.id), onAccepted)
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        size="xs"
        variant="default"
        loading={trying.busy}
        title={t('rotation.rejected.hint', { provider: t(`providers.${card.provider}`) })}
        onClick={() => trying.start()}
      >
        {t('rotation.rejected.again')}
      </Button>
      {trying.problem !== undefined && <ProblemText problem={trying.problem} />}
    </Stack>
  )
}
