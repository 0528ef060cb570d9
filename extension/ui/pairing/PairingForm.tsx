import { Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { ProblemText } from '../ui/ProblemText.tsx'
import type { TellableProblem } from '../ui/problem-sentences.ts'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

type Typed = { address: string; code: string; memberName: string; workspaceName: string }
type Form = UseFormReturnType<Typed>

const LABEL_LENGTH = 80

const typedName = (name: string): string | undefined => (name.trim() === '' ? undefined : name.trim())

const useTyped = (): Form => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  const needed = (text: string) => (text.trim() === '' ? t('popup.pairing.required') : null)
  return useForm<Typed>({
    mode: 'controlled',
    initialValues: {
      address: surroundings.typedAddress.read(),
      code: '',
      memberName: '',
      workspaceName: '',
    },
    validate: { address: needed, code: needed },
    onValuesChange: ({ address }) => surroundings.typedAddress.keep(address),
  })
}

const Names = ({ form }: { form: Form }) => {
  const { t } = useSpeech()
  return (
    <>
      <TextInput
        label={t('popup.pairing.memberName')}
        autoComplete="name"
        maxLength={LABEL_LENGTH}
        autoFocus
        {...form.getInputProps('memberName')}
      />
      <TextInput
        label={t('popup.pairing.workspaceName')}
        description={t('popup.pairing.workspaceNameHint')}
        autoComplete="organization"
        maxLength={LABEL_LENGTH}
        {...form.getInputProps('workspaceName')}
      />
    </>
  )
}

const Fields = ({ form, named }: { form: Form; named: boolean }) => {
  const { t } = useSpeech()
  return (
    <>
      <TextInput
        label={t('popup.pairing.address')}
        placeholder={t('popup.pairing.addressExample')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('address')}
      />
      <TextInput
        label={t('popup.pairing.code')}
        description={t('popup.pairing.codeHint')}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        {...form.getInputProps('code')}
      />
      {named && <Names form={form} />}
    </>
  )
}

const asksForNames = (problem: TellableProblem | undefined, form: Form): boolean =>
  problem?.slug === 'name-needed' || form.values.memberName !== '' || form.values.workspaceName !== ''

/** Pairs this browser with a vault. The names are asked for when the vault wants them. */
export const Pairing = () => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
  const form = useTyped()
  const { deviceName, timeZone, typedAddress } = surroundings
  const pairing = useDoing(
    ({ address, code, memberName, workspaceName }: Typed) =>
      vault.pair({
        address,
        code,
        deviceName,
        timeZone,
        memberName: typedName(memberName),
        workspaceName: typedName(workspaceName),
      }),
    () => typedAddress.keep(''),
  )
  return (
    <form onSubmit={form.onSubmit(pairing.start)} noValidate>
      <Stack gap="sm" p="md" component="main">
        <Title order={1} fz="md">
          {t('popup.pairing.title')}
        </Title>
        <Text fz="sm" c="dimmed">
          {t('popup.pairing.intro')}
        </Text>
        <Fields form={form} named={asksForNames(pairing.problem, form)} />
        {pairing.problem !== undefined && <ProblemText problem={pairing.problem} />}
        <Button type="submit" loading={pairing.busy}>
          {t('popup.pairing.pair')}
        </Button>
      </Stack>
    </form>
  )
}
