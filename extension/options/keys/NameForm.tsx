import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Key } from '../../../shared/keys.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

type Props = { readonly card: Key; readonly onDone: () => void; readonly onCancel: () => void }

const NAME_LENGTH = 80

const flawOf = ({ t }: Speech, name: string): string | null => {
  if (name.trim() === '') return t('options.routing.name.needed')
  return name.trim().length > NAME_LENGTH ? t('options.routing.name.tooLong') : null
}

/** Gives a key another name. */
export const NameForm = ({ card, onDone, onCancel }: Props) => {
  const speech = useSpeech()
  const { t } = speech
  const { vault } = useParts()
  const form = useForm({
    mode: 'controlled',
    initialValues: { label: card.label },
    validate: { label: (label) => flawOf(speech, label) },
  })
  const naming = useDoing((label: string) => vault.changeKey(card.id, { label }), onDone)
  const { problem } = naming
  const taken =
    problem?.slug === 'key-exists' &&
    t('options.routing.name.taken', { provider: t(`providers.${card.provider}`) })
  const label = form.getInputProps('label')
  return (
    <form onSubmit={form.onSubmit((typed) => naming.start(typed.label.trim()))} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('options.routing.name.label')}
          description={t('options.routing.name.hint')}
          autoComplete="off"
          data-autofocus
          dir="auto"
          {...label}
          error={label.error ?? taken}
        />
        {problem !== undefined && problem.slug !== 'key-exists' && <ProblemText problem={problem} />}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={naming.busy}>
            {t('options.routing.name.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
