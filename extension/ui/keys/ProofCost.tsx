import { Group, Text } from '@mantine/core'
import type { Vault } from '../../vault/client.ts'
import { Amount } from '../Amount.tsx'
import { ProviderLabel } from '../ProviderLabel.tsx'
import { QuietButton } from '../QuietButton.tsx'
import { useReading } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'

type Props = {
  readonly vault: Vault
  readonly receiptId: string
  /** What was paid for, such as "The verification cost". */
  readonly what: string
  /** Leads to the receipt of the proving call. */
  readonly onReceipt: (receiptId: string) => void
}

/** What proving a key cost, with its receipt. Keeps its space while the receipt is read. */
export const ProofCost = ({ vault, receiptId, what, onReceipt }: Props) => {
  const { t } = useSpeech()
  const receipt = useReading(['receipt', receiptId], () => vault.receipt(receiptId))
  const status = useReading(['status'], vault.status)
  return (
    <Group gap={8} mih={22} fz="sm">
      {receipt.state === 'ready' && (
        <Text component="span" inherit>
          {what} <Amount amount={receipt.value.settled} />
        </Text>
      )}
      <ProviderLabel label={status.state === 'ready' ? status.value.providerLabel : null} />
      <QuietButton onClick={() => onReceipt(receiptId)}>{t('popup.connect.receipt')}</QuietButton>
    </Group>
  )
}
