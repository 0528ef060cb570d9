import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import type { ChannelForm } from '../../../shared/channels.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { useDoing } from '../../ui/reading.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { ModelFields } from './ModelFields.tsx'
import type { ChannelModels, Choosable } from './models.ts'
import { readSites, tidySites } from './sites.ts'

type Typed = { name: string; sites: string; models: ChannelModels }

type Props = {
  /** Undefined: a new channel. */
  readonly editedName: string | undefined
  /** What stands in the form at first. */
  readonly filled: ChannelForm
  /** The providers of which it can have a model of its own; none while they are not known. */
  readonly choosable: readonly Choosable[]
  readonly save: (form: ChannelForm) => Promise<unknown>
  readonly onSaved: (name: string) => void
  readonly onCancel: () => void
}

type Clash = Partial<Pick<Typed, 'name' | 'sites'>>

const NAME_LENGTH = 80
const MOST_SITES = 50

const nameFlaw = ({ t }: Speech, name: string): string | null => {
  if (name.trim() === '') return t('options.channels.form.nameNeeded')
  return name.trim().length > NAME_LENGTH ? t('options.channels.form.nameTooLong') : null
}

const sitesFlaw = ({ t }: Speech, typed: string): string | null => {
  const { sites, stray } = readSites(typed)
  if (stray !== undefined) return t('options.channels.form.notASite', { text: stray })
  if (sites.length === 0) return t('options.channels.form.sitesNeeded')
  return sites.length > MOST_SITES ? t('options.channels.form.sitesTooMany') : null
}

/** A clash with another channel belongs to the field that clashes. */
const clashAt = ({ t }: Speech, problem: TellableProblem | undefined): Clash => {
  if (problem?.slug !== 'channel-exists') return {}
  const { name, site } = problem.facts
  return site === null
    ? { name: t('options.channels.form.nameTaken') }
    : { sites: t('options.channels.form.siteTaken', { site, name }) }
}

const Fields = ({ form, clash }: { form: UseFormReturnType<Typed>; clash: Clash }) => {
  const { t } = useSpeech()
  const name = form.getInputProps('name')
  const sites = form.getInputProps('sites')
  return (
    <>
      <TextInput
        label={t('options.channels.form.name')}
        placeholder={t('options.channels.form.nameExample')}
        autoComplete="off"
        data-autofocus
        {...name}
        error={name.error ?? clash.name}
      />
      <Textarea
        label={t('options.channels.form.sites')}
        description={t('options.channels.form.sitesHint')}
        placeholder={t('options.channels.form.sitesExample')}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        dir="ltr"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        {...sites}
        error={sites.error ?? clash.sites}
        onBlur={() => form.setFieldValue('sites', tidySites(form.values.sites))}
      />
    </>
  )
}

/** Names a channel, its sites and its models; pasted addresses become hosts. */
export const ChannelDialog = ({ editedName, filled, choosable, save, onSaved, onCancel }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  const form = useForm<Typed>({
    mode: 'controlled',
    initialValues: {
      name: filled.name,
      sites: filled.sites.join('\n'),
      models: filled.models ?? {},
    },
    validate: { name: (name) => nameFlaw(speech, name), sites: (sites) => sitesFlaw(speech, sites) },
  })
  const saving = useDoing(
    ({ name, sites, models }: Typed) =>
      save({ name: name.trim(), sites: [...readSites(sites).sites], models }),
    () => onSaved(form.values.name.trim()),
  )
  const { problem } = saving
  return (
    <OpenDialog
      onClose={onCancel}
      title={
        editedName === undefined
          ? t('options.channels.form.addTitle')
          : t('options.channels.form.editTitle', { name: editedName })
      }
    >
      <form onSubmit={form.onSubmit(saving.start)} noValidate>
        <Stack gap="sm">
          <Fields form={form} clash={clashAt(speech, problem)} />
          {choosable.length > 0 && (
            <ModelFields
              choosable={choosable}
              models={form.values.models}
              onChange={(models) => form.setFieldValue('models', models)}
            />
          )}
          {problem !== undefined && problem.slug !== 'channel-exists' && <ProblemText problem={problem} />}
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={saving.busy}>
              {editedName === undefined ? t('options.channels.form.add') : t('options.channels.form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </OpenDialog>
  )
}
