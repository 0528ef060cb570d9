import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useState } from 'react'
import type { PairingCodeAnswer } from '../../shared/pairing.ts'
import { timeInWords } from '../ui/moments.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import { Subview } from './Subview.tsx'

const Copyable = ({ name, value }: { name: string; value: string }) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={500}>
        {name}
      </Text>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {value}
        </Code>
        <Button
          size="compact-xs"
          variant="default"
          style={{ flex: 'none' }}
          onClick={() => clipboard.copy(value)}
        >
          {clipboard.copied ? t('common.copied') : t('common.copy')}
        </Button>
      </Group>
    </Stack>
  )
}

const CodeCard = ({ address, made }: { address: string; made: PairingCodeAnswer }) => {
  const { t, locale } = useSpeech()
  return (
    <Stack gap="sm">
      <Copyable name={t('popup.device.address')} value={address} />
      <Copyable name={t('popup.device.code')} value={made.code} />
      <Text fz="sm">{t('popup.device.until', { time: timeInWords(made.expiresAt, locale) })}</Text>
    </Stack>
  )
}

/** Makes a one-time code for another browser of the same member, when asked and not before. */
export const AddBrowser = ({ address, onBack }: { address: string; onBack: () => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [made, setMade] = useState<PairingCodeAnswer>()
  const making = useDoing<void, PairingCodeAnswer>(() => vault.makePairingCode({ kind: 'device' }), setMade)
  return (
    <Subview title={t('popup.device.add')} onBack={onBack}>
      <Text fz="sm">{t('popup.device.addHint')}</Text>
      {making.problem !== undefined && <ProblemText problem={making.problem} />}
      {made === undefined ? (
        <Button loading={making.busy} onClick={() => making.start()}>
          {t('popup.device.makeCode')}
        </Button>
      ) : (
        <CodeCard address={address} made={made} />
      )}
    </Subview>
  )
}
