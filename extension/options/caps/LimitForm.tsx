import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import type { Picodollars } from '../../../shared/money.ts'
import { capAsTyped, capFlaw, readTypedCap } from '../../ui/dollars-typed.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  /** What stands in the field at first. */
  readonly limit: Picodollars | undefined
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
  readonly save: string
  /** What the amount is; that of a cap when nothing is said. */
  readonly label?: string
  /** True while something else that must be given is missing. */
  readonly blocked?: boolean
  /** False: something else has the focus first. */
  readonly focused?: boolean
  readonly onSave: (limit: Picodollars) => void
  readonly onCancel: () => void
  readonly children?: ReactNode
}

/** The part that every dialog of a cap ends with: its amount, and the button that sets it. */
export const LimitForm = (props: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { limit, busy, problem, save, blocked = false, focused = true, onSave, onCancel, children } = props
  const form = useForm({
    mode: 'controlled',
    initialValues: { limit: limit === undefined ? '' : capAsTyped(limit, locale) },
    validate: { limit: (typed) => capFlaw(speech, typed) },
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
          label={props.label ?? t('options.caps.further.limit')}
          leftSection="$"
          inputMode="decimal"
          autoComplete="off"
          {...(focused ? { 'data-autofocus': true } : {})}
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
