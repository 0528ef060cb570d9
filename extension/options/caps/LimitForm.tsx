import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import type { Picodollars } from '../../../shared/money.ts'
import { capAsTyped, readTypedCap } from '../../ui/dollars-typed.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'

type Props = {
  /** What stands in the field at first. */
  readonly limit: Picodollars | undefined
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
  readonly save: string
  /** True while something else that must be given is missing. */
  readonly blocked?: boolean
  readonly onSave: (limit: Picodollars) => void
  readonly onCancel: () => void
  readonly children?: ReactNode
}

const flawOf = ({ t, locale }: Speech, typed: string): string | null => {
  const read = readTypedCap(typed, locale)
  if (read.state === 'amount') return null
  return read.state === 'too-large' ? t('popup.cap.tooLarge') : t('popup.cap.malformed')
}

/** The part that every dialog of a cap ends with: its amount, and the button that sets it. */
export const LimitForm = (props: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { limit, busy, problem, save, blocked = false, onSave, onCancel, children } = props
  const form = useForm({
    mode: 'controlled',
    initialValues: { limit: limit === undefined ? '' : capAsTyped(limit, locale) },
    validate: { limit: (typed) => flawOf(speech, typed) },
  })
  const submit = (typed: { limit: string }) => {
    const read = readTypedCap(typed.limit, locale)
    if (read.state === 'amount') onSave(read.limit)
  }
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="sm">
        {children}
        <TextInput
          label={t('options.caps.further.limit')}
          leftSection="$"
          inputMode="decimal"
          autoComplete="off"
          {...(children === undefined ? { 'data-autofocus': true } : {})}
          {...form.getInputProps('limit')}
        />
        {problem !== undefined && <ProblemText problem={problem} />}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={blocked}>
            {save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
