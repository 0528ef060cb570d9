import { Checkbox, Text } from '@mantine/core'
import { useState } from 'react'
import type { RoutingChange } from '../../../shared/keys.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { GapTable } from './GapTable.tsx'
import type { Asked } from './routing.ts'

type Props = {
  readonly asked: Asked
  readonly onAnswer: (change: RoutingChange) => void
  readonly onCancel: () => void
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
}

const HUNDRED = 100

const gapInWords = ({ t, locale }: Speech, { gap, primary, backup }: Asked): string | undefined => {
  if (gap === null) return undefined
  const names = { primary: t(`providers.${primary.provider}`), backup: t(`providers.${backup.provider}`) }
  if (gap === Number.POSITIVE_INFINITY) return t('options.routing.ask.free', names)
  if (gap === HUNDRED) return t('options.routing.ask.equal', names)
  const written = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(gap / HUNDRED)
  return gap < HUNDRED
    ? t('options.routing.ask.cheaper', { ...names, percent: written({ style: 'percent' }) })
    : t('options.routing.ask.dearer', { ...names, times: written({ maximumFractionDigits: 1 }) })
}

/** Shows what the backup costs beside the primary, and asks; leave for a much dearer one is asked for in words of its own. */
export const RoutingDialog = ({ asked, onAnswer, onCancel, busy, problem }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  const [allowed, setAllowed] = useState(false)
  const { about, change, primary, backup, needsLeave } = asked
  const names = { primary: t(`providers.${primary.provider}`), backup: t(`providers.${backup.provider}`) }
  const isFirst = about === 'first'
  const provider = isFirst ? names.primary : names.backup
  return (
    <ConfirmDialog
      title={t(isFirst ? 'options.routing.ask.firstTitle' : 'options.routing.ask.title', { provider })}
      confirm={t(isFirst ? 'options.routing.swap' : 'options.routing.standIn', { provider })}
      onConfirm={() => onAnswer(needsLeave ? { ...change, dearer: true } : change)}
      onCancel={onCancel}
      busy={busy}
      problem={problem}
      blocked={needsLeave && !allowed}
    >
      <Text inherit>{t('options.routing.ask.what', names)}</Text>
      <GapTable primary={primary} backup={backup} />
      <Text inherit fw={600}>
        {gapInWords(speech, asked)}
      </Text>
      {needsLeave && (
        <Checkbox
          checked={allowed}
          onChange={({ currentTarget }) => setAllowed(currentTarget.checked)}
          label={t('options.routing.ask.allow')}
        />
      )}
    </ConfirmDialog>
  )
}
