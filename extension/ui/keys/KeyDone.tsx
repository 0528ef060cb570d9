import { Button, Stack, Text } from '@mantine/core'
import type { KeyConnected } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { QuietButton } from '../QuietButton.tsx'
import { useSpeech } from '../words/speech.ts'
import { Done } from './Done.tsx'
import { ModelFacts } from './ModelFacts.tsx'
import { ProofCost } from './ProofCost.tsx'

type Props = {
  readonly vault: Vault
  readonly connected: KeyConnected
  /** What was done; that it was verified and saved, without it. */
  readonly done?: string | undefined
  /** Leads to the receipt of the verifying call. */
  readonly onReceipt: (receiptId: string) => void
  readonly onOtherModel: () => void
  readonly onReady: () => void
}

/** After a key was verified: what it drafts with, at which price, and what the verification cost. */
export const KeyDone = ({ vault, connected, done, onReceipt, onOtherModel, onReady }: Props) => {
  const { t } = useSpeech()
  const { key, receiptId } = connected
  return (
    <Stack gap="sm">
      <Done>{done ?? t('popup.connect.done')}</Done>
      <Stack gap={2}>
        <Text fz="sm">
          {t('popup.connect.draftsWith')}{' '}
          <Text component="span" inherit fw={600}>
            {key.model.name}
          </Text>
        </Text>
        <ModelFacts model={key.model} />
      </Stack>
      <ProofCost vault={vault} receiptId={receiptId} what={t('popup.connect.cost')} onReceipt={onReceipt} />
      <Button onClick={onReady}>{t('popup.connect.ready')}</Button>
      <QuietButton onClick={onOtherModel}>{t('popup.connect.otherModel')}</QuietButton>
    </Stack>
  )
}
