import { Skeleton, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { type ReactNode, useState } from 'react'
import { type Key, type KeyConnected, keyFlaw } from '../../../shared/keys.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { Vault } from '../../vault/client.ts'
import { Loaded } from '../Loaded.tsx'
import { useSpeech } from '../words/speech.ts'
import { BedrockKey, BedrockRegionField, type Means } from './connecting/BedrockFields.tsx'
import { EndpointFields } from './connecting/EndpointFields.tsx'
import { EndpointPriceFields } from './connecting/EndpointPriceFields.tsx'
import { ProviderChoice } from './connecting/ProviderChoice.tsx'
import { connectionOf, flawsOf, mayBeKeyless, needsLabel, type Typed, untyped } from './connecting/typed.ts'
import { type JudgeKey, KeyField } from './KeyField.tsx'
import { KeyForm } from './KeyForm.tsx'
import { providersToConnect, useKeys } from './keys.ts'

type Props = { readonly vault: Vault; readonly onDone: (connected: KeyConnected) => void }

type OfProvider = {
  readonly provider: ProviderName
  readonly keys: readonly Key[]
  readonly form: UseFormReturnType<Typed>
}

const Above = ({ provider, keys, form }: OfProvider) => {
  const { t } = useSpeech()
  return (
    <>
      {needsLabel({ provider, keys }) && (
        <TextInput
          label={t('connecting.label')}
          description={t('connecting.labelHint')}
          placeholder={t('connecting.labelExample')}
          autoComplete="off"
          {...form.getInputProps('label')}
        />
      )}
      {provider === 'bedrock' && <BedrockRegionField form={form} />}
      {provider === 'compatible' && <EndpointFields form={form} />}
    </>
  )
}

/** Whether nothing is wrong beside the key; otherwise the first field that is wrong has the focus. */
const isRight = (form: UseFormReturnType<Typed>): boolean => {
  const { hasErrors, errors } = form.validate()
  const [first] = Object.keys(errors)
  if (first !== undefined) form.getInputNode(first)?.focus()
  return !hasErrors
}

/** An empty field is a key where none is asked for. */
const orNone: JudgeKey = (provider, key) => (key === '' ? undefined : keyFlaw(provider, key))

const Form = ({ vault, provider, keys, form, onDone }: Props & OfProvider) => {
  const { t, locale } = useSpeech()
  const [means, setMeans] = useState<Means>('api')
  const keyless = mayBeKeyless(provider, form.values)
  const fields: Record<ProviderName, ReactNode> = {
    anthropic: undefined,
    openai: undefined,
    bedrock: <BedrockKey means={means} onMeans={setMeans} />,
    compatible: (
      <KeyField
        provider="compatible"
        label={t('connecting.endpointKey')}
        hint={keyless ? t('connecting.keyOptional') : undefined}
        judge={orNone}
      />
    ),
  }
  return (
    <KeyForm
      provider={provider}
      advice={t('popup.connect.advice')}
      judge={keyless ? orNone : keyFlaw}
      fields={fields[provider]}
      above={<Above provider={provider} keys={keys} form={form} />}
      below={provider === 'compatible' && <EndpointPriceFields form={form} />}
      check={() => isRight(form)}
      send={(key) => vault.connectKey(connectionOf(provider, form.values, key, locale))}
      onDone={onDone}
    />
  )
}

const Choosing = ({ vault, keys, onDone }: Props & { readonly keys: readonly Key[] }) => {
  const speech = useSpeech()
  const providers = providersToConnect(keys)
  const [chosen, setChosen] = useState<ProviderName>(providers[0] ?? 'anthropic')
  const form = useForm<Typed>({
    mode: 'controlled',
    initialValues: untyped,
    validate: (typed) => flawsOf(speech, { provider: chosen, keys }, typed),
  })
  const choose = (provider: ProviderName) => {
    setChosen(provider)
    form.clearErrors()
  }
  return (
    <Stack gap="sm">
      <ProviderChoice providers={ProviderName.options} chosen={chosen} onChoose={choose} />
      <Form key={chosen} vault={vault} provider={chosen} keys={keys} form={form} onDone={onDone} />
    </Stack>
  )
}

/** Connects a key: whose it is, where it goes if that is to be said, paste, verify. What was typed beside the key survives a refusal. */
export const NewKey = ({ vault, onDone }: Props) => (
  <Loaded reading={useKeys(vault)} skeleton={<Skeleton height={240} />}>
    {(known) => <Choosing vault={vault} keys={known} onDone={onDone} />}
  </Loaded>
)
