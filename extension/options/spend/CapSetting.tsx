import { Paper, Stack, Text, Title } from '@mantine/core'
import type { Cap } from '../../../shared/cap.ts'
import { CapBar } from '../../ui/CapBar.tsx'
import { CapForm } from '../../ui/CapForm.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

type Props = {
  readonly cap: Cap
  readonly paused: boolean
  readonly label: string | null
  readonly manages: boolean
}

const ChangeCap = ({ cap }: { cap: Cap }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const saving = useDoing(vault.setCap, () => undefined)
  return (
    <Stack gap="xs" maw={360}>
      <CapForm
        key={String(cap.limit)}
        cap={cap}
        saving={saving.busy}
        problem={saving.problem}
        onSave={saving.start}
      />
      <Text fz="xs" c="dimmed">
        {t('options.spend.capHint')}
      </Text>
    </Stack>
  )
}

/** The month against its cap; owners and admins change it here. */
export const CapSetting = ({ cap, paused, label, manages }: Props) => {
  const { t } = useSpeech()
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="md">
        <Title order={2} fz="md">
          {t('options.spend.capTitle')}
        </Title>
        <CapBar cap={cap} paused={paused} label={label} />
        {manages ? (
          <ChangeCap cap={cap} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('options.spend.capReadOnly')}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
