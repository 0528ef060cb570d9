import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyConnected } from '../../../shared/keys.ts'
import { Amount } from '../../ui/Amount.tsx'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'
import { ModelFacts } from './ModelFacts.tsx'

const Cost = ({ receiptId }: { receiptId: string }) => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
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
      <QuietButton onClick={() => surroundings.openOptions(`/receipts/${receiptId}`)}>
        {t('popup.connect.receipt')}
      </QuietButton>
    </Group>
  )
}

/** After a key was verified and saved: what it drafts with, at which price, and what the verification cost. */
export const KeyDone = ({ connected, go }: { connected: KeyConnected; go: Go }) => {
  const { t } = useSpeech()
  const { key, receiptId } = connected
  return (
    <Subview title={t(`providers.${key.provider}`)} onBack={() => go(home)}>
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
      <Cost receiptId={receiptId} />
      <Button onClick={() => go(home)}>{t('popup.connect.ready')}</Button>
      <QuietButton onClick={() => go({ view: 'model', keyId: key.id })}>
        {t('popup.connect.otherModel')}
      </QuietButton>
    </Subview>
  )
}
