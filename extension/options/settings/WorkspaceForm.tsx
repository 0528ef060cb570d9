import { Button, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useState } from 'react'
import { RetentionDays, type Workspace, type WorkspaceChange } from '../../../shared/workspace.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { asTyped, changeIn, daysTyped, keepsShorter, type Typed, undoOf } from './change.ts'
import { TimeZoneField } from './TimeZoneField.tsx'

type Props = { readonly workspace: Workspace; readonly telling: ReturnType<typeof useSaved> }
type Form = UseFormReturnType<Typed>

const NAME_LENGTH = 80
const limits = { min: RetentionDays.minValue ?? 0, max: RetentionDays.maxValue ?? 0 }

const daysFlaw = ({ t, locale }: Speech): string => {
  const written = new Intl.NumberFormat(locale)
  return t('options.settings.workspace.daysFlaw', {
    min: written.format(limits.min),
    max: written.format(limits.max),
  })
}

const useTyped = (workspace: Workspace): Form => {
  const speech = useSpeech()
  return useForm<Typed>({
    mode: 'controlled',
    initialValues: asTyped(workspace),
    validate: {
      name: (name) => (name.trim() === '' ? speech.t('options.settings.workspace.required') : null),
      days: (_, typed) => (daysTyped(typed) === undefined ? daysFlaw(speech) : null),
    },
  })
}

const Retention = ({ form }: { form: Form }) => {
  const { t } = useSpeech()
  return (
    <Stack gap="xs">
      <Radio.Group label={t('options.settings.workspace.retention')} {...form.getInputProps('keeping')}>
        <Stack gap="xs" mt={6}>
          <Radio
            value="for-good"
            label={t('options.settings.workspace.forGood')}
            description={t('options.settings.workspace.forGoodHint')}
          />
          <Radio
            value="days"
            label={t('options.settings.workspace.forDays')}
            description={t('options.settings.workspace.forDaysHint')}
          />
        </Stack>
      </Radio.Group>
      {form.values.keeping === 'days' && (
        <NumberInput
          label={t('options.settings.workspace.days')}
          w={140}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          {...limits}
          {...form.getInputProps('days')}
        />
      )}
    </Stack>
  )
}

const Fields = ({ form }: { form: Form }) => {
  const { t } = useSpeech()
  return (
    <Stack gap="md" maw={480}>
      <TextInput
        label={t('options.settings.workspace.name')}
        maxLength={NAME_LENGTH}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TimeZoneField {...form.getInputProps('timeZone')} />
      <Retention form={form} />
    </Stack>
  )
}

const Settings = ({ workspace, telling }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const form = useTyped(workspace)
  const [shorter, setShorter] = useState<WorkspaceChange>()
  const saving = useDoing(
    async (change: WorkspaceChange) => {
      await vault.changeWorkspace(change)
      return change
    },
    (change) => {
      setShorter(undefined)
      telling.saved(() => vault.changeWorkspace(undoOf(change, workspace)))
    },
  )
  const change = changeIn(form.values, workspace)
  const save = () => (keepsShorter(change, workspace) ? setShorter(change) : saving.start(change))
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack gap="md">
        <Fields form={form} />
        {shorter === undefined && saving.problem !== undefined && <ProblemText problem={saving.problem} />}
        <Group>
          <Button
            type="submit"
            loading={saving.busy}
            disabled={Object.keys(change).length === 0 && form.isValid()}
          >
            {t('options.settings.workspace.save')}
          </Button>
          {telling.line}
        </Group>
      </Stack>
      {shorter !== undefined && (
        <Shorter
          days={shorter.retentionDays ?? 0}
          saving={{ ...saving, start: () => saving.start(shorter) }}
          onCancel={() => setShorter(undefined)}
        />
      )}
    </form>
  )
}

type ShorterProps = {
  readonly days: number
  readonly saving: Omit<ReturnType<typeof useDoing>, 'start'> & { readonly start: () => void }
  readonly onCancel: () => void
}

const Shorter = ({ days, saving, onCancel }: ShorterProps) => {
  const { t, locale } = useSpeech()
  const written = new Intl.NumberFormat(locale).format(days)
  return (
    <ConfirmDialog
      title={t('options.settings.workspace.shorterTitle')}
      confirm={t('options.settings.workspace.shorterConfirm', { days: written })}
      onConfirm={saving.start}
      onCancel={onCancel}
      busy={saving.busy}
      problem={saving.problem}
    >
      <Text inherit>{t('options.settings.workspace.shorter', { days: written })}</Text>
    </ConfirmDialog>
  )
}

/** The workspace's name, its time zone and how long its receipts are kept. Begins anew when one of them changed at the vault. */
export const WorkspaceForm = ({ workspace }: { workspace: Workspace }) => {
  const { t } = useSpeech()
  const telling = useSaved()
  const { name, timeZone, retentionDays } = workspace
  return (
    <Section title={t('options.settings.workspace.title')}>
      <Settings
        key={JSON.stringify([name, timeZone, retentionDays])}
        workspace={workspace}
        telling={telling}
      />
    </Section>
  )
}
