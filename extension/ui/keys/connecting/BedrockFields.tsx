import { Input, NativeSelect, SegmentedControl, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type RefObject, useRef, useState } from 'react'
import { BedrockRegion, keyFlaw } from '../../../../shared/keys.ts'
import { useSpeech } from '../../words/speech.ts'
import { KeyField } from '../KeyField.tsx'
import { SecretInput } from '../SecretInput.tsx'
import type { Typed } from './typed.ts'

type Form = { readonly form: UseFormReturnType<Typed> }

/** Where Claude answers: one region, to which the key is bound. */
export const BedrockRegionField = ({ form }: Form) => {
  const { t } = useSpeech()
  return (
    <NativeSelect
      label={t('connecting.region')}
      description={t('connecting.regionHint')}
      data={[...BedrockRegion.options]}
      {...form.getInputProps('region')}
    />
  )
}

const textIn = ({ current }: RefObject<HTMLDivElement | null>): readonly string[] =>
  [...(current?.querySelectorAll<HTMLInputElement>('input[data-secret]') ?? [])].map(({ value }) =>
    value.trim(),
  )

/** An access key: its id and its secret, judged together once there is something of both. */
const AccessKey = () => {
  const { t } = useSpeech()
  const fields = useRef<HTMLDivElement>(null)
  const [isFlawed, setFlawed] = useState(false)
  const judge = () => {
    const parts = textIn(fields)
    setFlawed(!parts.includes('') && keyFlaw('bedrock', parts.join(':')) !== undefined)
  }
  return (
    <Stack gap="sm" ref={fields}>
      <SecretInput label={t('connecting.accessId')} autoFocus onInput={judge} />
      <SecretInput
        label={t('connecting.accessSecret')}
        description={t('popup.connect.never')}
        error={isFlawed && t('connecting.accessFlaw')}
        onInput={judge}
      />
    </Stack>
  )
}

const means = ['api', 'access'] as const
/** What AWS gave: a key for Bedrock alone, or an access key. */
export type Means = (typeof means)[number]

type KeyProps = { readonly means: Means; readonly onMeans: (means: Means) => void }

/** The fields for either kind of key of AWS. */
export const BedrockKey = ({ means: chosen, onMeans }: KeyProps) => {
  const { t } = useSpeech()
  return (
    <Stack gap="sm">
      <Input.Wrapper label={t('connecting.means')} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={t('connecting.means')}
          value={chosen}
          data={means.map((value) => ({ value, label: t(`connecting.meansOf.${value}`) }))}
          onChange={onMeans}
        />
      </Input.Wrapper>
      {chosen === 'api' ? <KeyField provider="bedrock" /> : <AccessKey />}
    </Stack>
  )
}
