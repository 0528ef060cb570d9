import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyConnected } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { Amount } from '../Amount.tsx'
import { ProviderLabel } from '../ProviderLabel.tsx'
import { QuietButton } from '../QuietButton.tsx'
import { useReading } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { ModelFacts } from './ModelFacts.tsx'

type Props = {
  readonly vault: Vault
  readonly connected: KeyConnected
  /** Leads to the receipt of the verifying call. */
  readonly onReceipt: (receiptId: string) => void
  readonly onOtherModel: () => void
  readonly onReady: () => void
}

const Cost = ({ vault, connected, onReceipt }: Pick<Props, 'vault' | 'connected' | 'onReceipt'>) => {
  const { t } = useSpeech()
  const { receiptId } = connected
  const receipt = useReading(['receipt', receiptId], () => vault.receipt(receiptId))
  const status = useReading(['status'], vault.status)
  return (
    <Group gap={8} mih={22} fz="sm">
      {receipt.state === 'ready' && (
        <Text component="span" inherit>
          {t('popup.connect.cost')} <Amount amount={receipt.value.settled} />
        </Text>
      )}
      <ProviderLabel label={status.state === 'ready' ? status.value.providerLabel : null} />
      <QuietButton onClick={() => onReceipt(receiptId)}>{t('popup.connect.receipt')}</QuietButton>
    </Group>
  )
}

/** After a key was verified and saved: what it drafts with, at which price, and what the verification cost. */
export const KeyDone = ({ vault, connected, onReceipt, onOtherModel, onReady }: Props) => {
  const { t } = useSpeech()
  const { key } = connected
  return (
    <Stack gap="sm">
      <Group gap={6} role="status">
        <IconCheck size={16} color="var(--mantine-color-anchor)" aria-hidden />
        <Text fz="sm" fw={600}>
          {t('popup.connect.done')}
        </Text>
      </Group>
      <Stack gap={2}>
        <Text fz="sm">
          {t('popup.connect.draftsWith')}{' '}
          <Text component="span" inherit fw={600}>
            {key.model.name}
          </Text>
        </Text>
        <ModelFacts model={key.model} />
      </Stack>
      <Cost vault={vault} connected={connected} onReceipt={onReceipt} />
      <Button onClick={onReady}>{t('popup.connect.ready')}</Button>
      <QuietButton onClick={onOtherModel}>{t('popup.connect.otherModel')}</QuietButton>
    </Stack>
  )
}
