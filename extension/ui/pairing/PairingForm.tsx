import { Button, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { type ChangeEvent, useState } from 'react'
import { type PairingLink, readPairingLink } from '../../../shared/pairing-link.ts'
import type { Facts } from '../../../shared/problems.ts'
import type { Vault } from '../../vault/client.ts'
import type { Connection } from '../../vault/connection.ts'
import { problemOf } from '../../vault/problem.ts'
import { ProblemText } from '../ProblemText.tsx'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'

type Typed = PairingLink & { memberName: string; workspaceName: string }
type Form = UseFormReturnType<Typed>

/** Whose names the vault asks for. */
type Needs = Facts<'name-needed'>['needs']

/** What pairing says about this browser: `Chrome on macOS`, and the time zone for a new workspace. */
export type ThisBrowser = { readonly deviceName: string; readonly timeZone: string }

type Props = {
  readonly vault: Pick<Vault, 'pair'>
  readonly browser: ThisBrowser
  /** What stands in the form at first. */
  readonly filled: PairingLink
  /** False: the form can be filled but not sent yet. */
  readonly ready?: boolean
  readonly onAddress?: (address: string) => void
  readonly onPaired: (connection: Connection) => void
}

const LABEL_LENGTH = 80

const typedName = (name: string): string | undefined => (name.trim() === '' ? undefined : name.trim())

const useTyped = ({ filled, onAddress }: Props): Form => {
  const { t } = useSpeech()
  const needed = (text: string) => (text.trim() === '' ? t('popup.pairing.required') : null)
  return useForm<Typed>({
    mode: 'controlled',
    initialValues: { ...filled, memberName: '', workspaceName: '' },
    validate: { address: needed, code: needed },
    onValuesChange: ({ address }) => onAddress?.(address),
  })
}

const Names = ({ form, needs }: { form: Form; needs: Needs }) => {
  const { t } = useSpeech()
  return (
    <>
      {needs.includes('member') && (
        <TextInput
          label={t('popup.pairing.memberName')}
          autoComplete="name"
          maxLength={LABEL_LENGTH}
          autoFocus
          {...form.getInputProps('memberName')}
        />
      )}
      {needs.includes('workspace') && (
        <TextInput
          label={t('popup.pairing.workspaceName')}
          description={t('popup.pairing.workspaceNameHint')}
          autoComplete="organization"
          maxLength={LABEL_LENGTH}
          {...form.getInputProps('workspaceName')}
        />
      )}
    </>
  )
}

/** The field as the form has it, but a whole link that is put into it fills both. */
const takingLinks = (form: Form, field: 'address' | 'code') => {
  const plain = form.getInputProps(field)
  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const link = readPairingLink(event.currentTarget.value)
    if (link === undefined) plain.onChange(event)
    else form.setValues(link)
  }
  return { ...plain, onChange }
}

const Fields = ({ form }: { form: Form }) => {
  const { t } = useSpeech()
  return (
    <>
      <TextInput
        label={t('popup.pairing.address')}
        description={t('popup.pairing.addressHint')}
        placeholder={t('popup.pairing.addressExample')}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        {...takingLinks(form, 'address')}
      />
      <TextInput
        label={t('popup.pairing.code')}
        description={t('popup.pairing.codeHint')}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        {...takingLinks(form, 'code')}
      />
    </>
  )
}

const pairAs = ({ vault, browser }: Props, { address, code, memberName, workspaceName }: Typed) =>
  vault.pair({
    ...browser,
    address,
    code,
    memberName: typedName(memberName),
    workspaceName: typedName(workspaceName),
  })

/** Pairs this browser with a vault when the person asks, never by itself. A name is asked for when the vault wants it. */
export const PairingForm = (props: Props) => {
  const { t } = useSpeech()
  const { ready = true, onPaired } = props
  const form = useTyped(props)
  const [needs, setNeeds] = useState<Needs>([])
  const noteNeeds = (thrown: unknown): never => {
    const problem = problemOf(thrown)
    if (problem?.slug === 'name-needed') setNeeds(problem.facts.needs)
    throw thrown
  }
  const pairing = useDoing((typed: Typed) => pairAs(props, typed).catch(noteNeeds), onPaired)
  return (
    <form onSubmit={form.onSubmit(pairing.start)} noValidate>
      <Stack gap="sm">
        <Fields form={form} />
        <Names form={form} needs={needs} />
        {pairing.problem !== undefined && <ProblemText problem={pairing.problem} />}
        <Button type="submit" loading={pairing.busy} disabled={!ready}>
          {t('popup.pairing.pair')}
        </Button>
      </Stack>
    </form>
  )
}
