import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ScopedCap } from '../../../shared/cap.ts'
import { amountInWords } from '../../ui/amounts.ts'
import { capInWords, ownLimit } from '../../ui/cap-names.ts'
import { capFlaw, readTypedCap } from '../../ui/dollars-typed.ts'
import { dateInWords, momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useParts } from '../parts.tsx'
import { clocksAt } from '../receipts/day-start.ts'
import { placeOf } from './restoring.ts'
import { momentMeant, type Until, waysToEnd } from './until.ts'

type Props = { readonly cap: ScopedCap; readonly onDone: () => void; readonly onCancel: () => void }

type Typed = { readonly limit: string; readonly until: Until; readonly moment: string }

const useRaiseForm = ({ cap }: Pick<Props, 'cap'>) => {
  const speech = useSpeech()
  const { now } = useParts()
  const form = useForm<Typed>({
    mode: 'controlled',
    initialValues: { limit: '', until: 'tonight', moment: '' },
    validate: {
      limit: (typed) => capFlaw(speech, typed),
      moment: (typed, { until }) =>
        momentMeant(until, typed, { cap, now: now() }) === undefined
          ? speech.t('options.caps.raise.noMoment')
          : null,
    },
  })
  return form
}

type Form = ReturnType<typeof useRaiseForm>

const Ends = ({ cap, form }: { cap: ScopedCap; form: Form }) => {
  const { t, locale } = useSpeech()
  const { now } = useParts()
  const { endsAt, timeZone } = cap.period
  const day = dateInWords(endsAt, locale, timeZone)
  const at = now()
  return (
    <Stack gap="xs">
      <Radio.Group label={t('options.caps.raise.until')} {...form.getInputProps('until')}>
        <Stack gap={6} mt={6}>
          {waysToEnd({ cap, now: at }).map((way) => (
            <Radio key={way} value={way} label={t(`options.caps.raise.${way}`, { day })} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.until === 'typed' && (
        <TextInput
          type="datetime-local"
          w={230}
          label={t('options.caps.raise.moment')}
          description={t('options.caps.raise.zone', { zone: timeZone })}
          min={clocksAt(at, timeZone)}
          {...form.getInputProps('moment')}
        />
      )}
    </Stack>
  )
}

/** What it does, in a sentence, as far as it is known. */
const Does = ({ cap, form }: { cap: ScopedCap; form: Form }) => {
  const { t, locale } = useSpeech()
  const { now } = useParts()
  const { limit, until, moment } = form.values
  const read = readTypedCap(limit, locale)
  const end = momentMeant(until, moment, { cap, now: now() })
  const sentence =
    read.state === 'amount' && end !== undefined
      ? t('options.caps.raise.does', {
          moment: momentInWords(end, locale, cap.period.timeZone),
          limit: amountInWords(read.limit, locale),
          base: amountInWords(ownLimit(cap), locale),
        })
      : t('options.caps.raise.amountFirst')
  return (
    <Text fz="sm" c="dimmed" mih={66} role="status">
      {sentence}
    </Text>
  )
}

/** Raises a cap until a moment, and says what that does: it ends by itself. */
export const RaiseCap = ({ cap, onDone, onCancel }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { vault, now } = useParts()
  const form = useRaiseForm({ cap })
  const raising = useDoing(vault.raiseCap, onDone)
  const submit = ({ limit, until, moment }: Typed): void => {
    const read = readTypedCap(limit, locale)
    const end = momentMeant(until, moment, { cap, now: now() })
    if (read.state === 'amount' && end !== undefined)
      raising.start({ ...placeOf(cap), limit: read.limit, until: end })
  }
  return (
    <OpenDialog title={t('options.caps.raise.title', { which: capInWords(speech, cap) })} onClose={onCancel}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('options.caps.raise.limit')}
            leftSection="$"
            inputMode="decimal"
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('limit')}
          />
          <Ends cap={cap} form={form} />
          <Does cap={cap} form={form} />
          {raising.problem !== undefined && <ProblemText problem={raising.problem} />}
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={raising.busy}>
              {t('options.caps.raise.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </OpenDialog>
  )
}
