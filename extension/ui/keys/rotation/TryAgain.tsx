import { Button, Stack } from '@mantine/core'
import type { Key, KeyConnected } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { ProblemText } from '../../ProblemText.tsx'
import { QuietButton } from '../../QuietButton.tsx'
import { useDoing } from '../../reading.ts'
import { useSpeech } from '../../words/speech.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  /** Among quiet buttons: told by its words alone. */
  readonly isQuiet?: boolean
  /** Told when the provider takes the key again; it answers from then on. */
  readonly onAccepted: (accepted: KeyConnected) => void
}

/** Asks the provider of a refused key once more, by a tiny call that has a receipt. */
export const TryAgain = ({ vault, card, isQuiet = false, onAccepted }: Props) => {
  const { t } = useSpeech()
  const trying = useDoing<void, KeyConnected>(() => vault.verifyKey(card.id), onAccepted)
  const words = trying.busy ? t('rotation.rejected.trying') : t('rotation.rejected.again')
  const start = (): void => {
    if (!trying.busy) trying.start()
  }
  return (
    <Stack gap="xs" mt={isQuiet ? 0 : 6} align="flex-start">
      {isQuiet ? (
        <QuietButton onClick={start}>{words}</QuietButton>
      ) : (
        <Button size="xs" variant="default" loading={trying.busy} onClick={start}>
          {words}
        </Button>
      )}
      {trying.problem !== undefined && <ProblemText problem={trying.problem} />}
    </Stack>
  )
}
