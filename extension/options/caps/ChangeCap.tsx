import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import { type Picodollars, pico } from '../../../shared/money.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { CapForm } from '../../ui/CapForm.tsx'
import { ownLimit } from '../../ui/cap-names.ts'
import { dayInWords } from '../../ui/moments.ts'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { putBack, workspaceMonth } from './restoring.ts'

type ConfirmProps = {
  readonly cap: Cap
  readonly limit: Picodollars
  readonly saving: ReturnType<typeof useSetCap>
  readonly onCancel: () => void
}

const used = ({ settled, held }: Cap): Picodollars => pico(settled + held)

const useSetCap = (onDone: () => void) => {
  const { vault } = useParts()
  return useDoing(vault.setCap, onDone)
}

const ConfirmLower = ({ cap, limit, saving, onCancel }: ConfirmProps) => {
  const { t, locale } = useSpeech()
  const { endsAt, timeZone } = cap.period
  const below = t('options.caps.lower.below', {
    limit: amountInWords(limit, locale),
    used: amountInWords(used(cap), locale),
    day: dayInWords(endsAt, locale, timeZone),
  })
  return (
    <ConfirmDialog
      title={t('options.caps.lower.title')}
      confirm={t('options.caps.lower.confirm')}
      onConfirm={() => saving.start(limit)}
      onCancel={onCancel}
      busy={saving.busy}
      problem={saving.problem}
    >
      <Text inherit>{below}</Text>
      <Text inherit>{t('options.caps.lower.finish')}</Text>
    </ConfirmDialog>
  )
}

/** Sets the cap; one below what is used asks first, since it pauses everybody. What was there before can be put back. */
export const ChangeCap = ({ cap }: { cap: Cap }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [lower, setLower] = useState<Picodollars>()
  const { line, saved } = useSaved()
  const before = { ...workspaceMonth, ...cap }
  const saving = useSetCap(() => {
    setLower(undefined)
    saved(() => putBack(vault, before))
  })
  const save = (limit: Picodollars) => (limit < used(cap) ? setLower(limit) : saving.start(limit))
  return (
    <Stack gap="xs" maw={360}>
      <CapForm
        key={String(ownLimit(cap))}
        cap={cap}
        saving={saving.busy}
        problem={lower === undefined ? saving.problem : undefined}
        onSave={save}
      />
      <Text fz="xs" c="dimmed">
        {t('options.spend.capHint')}
      </Text>
      {line}
      {lower !== undefined && (
        <ConfirmLower cap={cap} limit={lower} saving={saving} onCancel={() => setLower(undefined)} />
      )}
    </Stack>
  )
}
