import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Cap } from '../../shared/cap.ts'
import type { Picodollars } from '../../shared/money.ts'
import { ownLimit } from './cap-names.ts'
import { capAsTyped, capFlaw, readTypedCap } from './dollars-typed.ts'
import { ProblemText } from './ProblemText.tsx'
import type { TellableProblem } from './problem-sentences.ts'
import { useSpeech } from './words/speech.ts'

type Props = {
  readonly cap: Cap
  readonly saving: boolean
  readonly problem: TellableProblem | undefined
  readonly onSave: (limit: Picodollars) => void
}

/** Whether the cap that was typed is a new one that pauses drafting. */
const isBelowUse = (typed: string, cap: Cap, locale: string): boolean => {
  const read = readTypedCap(typed, locale)
  return read.state === 'amount' && read.limit !== cap.limit && read.limit < cap.settled + cap.held
}

/** Sets the monthly cap. Warns before a cap that is lower than what is used already. */
export const CapForm = ({ cap, saving, problem, onSave }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const form = useForm({
    mode: 'controlled',
    initialValues: { limit: capAsTyped(ownLimit(cap), locale) },
    validate: { limit: (typed) => capFlaw(speech, typed) },
  })
  const save = ({ limit }: { limit: string }) => {
    const read = readTypedCap(limit, locale)
    if (read.state === 'amount') onSave(read.limit)
  }
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('popup.cap.label')}
          leftSection="$"
          inputMode="decimal"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('limit')}
        />
        {isBelowUse(form.values.limit, cap, locale) && (
          <Text fz="sm" c="var(--ownkey-ink-amber)">
            {t('popup.cap.lower')}
          </Text>
        )}
        {cap.raised !== null && (
          <Text fz="sm" c="dimmed">
            {t('options.caps.raise.endsIt')}
          </Text>
        )}
        {problem !== undefined && <ProblemText problem={problem} />}
        <Button type="submit" loading={saving} style={{ alignSelf: 'flex-start' }}>
          {t('popup.cap.save')}
        </Button>
      </Stack>
    </form>
  )
}
