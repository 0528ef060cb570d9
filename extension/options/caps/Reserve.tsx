import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { LimitForm } from './LimitForm.tsx'

/** Sets the reserve; what was there before can be put back. */
const useReserve = (before: Picodollars, onDone: () => void) => {
  const { vault } = useParts()
  const { line, saved } = useSaved()
  const saving = useDoing(vault.setReserve, () => {
    onDone()
    saved(() => vault.setReserve(before))
  })
  return { line, saving }
}

/** The end of the month that only urgent drafts may use: how much it is, set, changed or given up. */
export const Reserve = ({ cap: { reserve } }: { cap: Cap }) => {
  const { t, locale } = useSpeech()
  const [asks, setAsks] = useState(false)
  const close = () => setAsks(false)
  const { line, saving } = useReserve(reserve, close)
  const isSome = reserve > 0n
  return (
    <Stack gap="xs" component="section" aria-label={t('options.caps.reserve.title')}>
      <Title order={3} fz="sm">
        {t('options.caps.reserve.title')}
      </Title>
      <Text fz="sm" c="dimmed" maw={640}>
        {isSome
          ? t('options.caps.reserve.some', { amount: amountInWords(reserve, locale) })
          : t('options.caps.reserve.none')}
      </Text>
      <Group gap="sm">
        <Button variant="default" onClick={() => setAsks(true)}>
          {isSome ? t('options.caps.reserve.change') : t('options.caps.reserve.add')}
        </Button>
        {isSome && (
          <Button variant="default" onClick={() => saving.start(zero)}>
            {t('options.caps.reserve.remove')}
          </Button>
        )}
        {line}
      </Group>
      {!asks && saving.problem !== undefined && <ProblemText problem={saving.problem} />}
      {asks && (
        <OpenDialog title={t('options.caps.reserve.title')} onClose={close}>
          <LimitForm
            limit={isSome ? reserve : undefined}
            label={t('options.caps.reserve.limit')}
            busy={saving.busy}
            problem={saving.problem}
            save={t('options.caps.reserve.save')}
            onSave={saving.start}
            onCancel={close}
          >
            <Text fz="sm">{t('options.caps.reserve.hint')}</Text>
          </LimitForm>
        </OpenDialog>
      )}
    </Stack>
  )
}
