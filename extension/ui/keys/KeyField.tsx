import { Text } from '@mantine/core'
import { type ClipboardEvent, useState } from 'react'
import { type KeyFlaw, keyFlaw } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { useSpeech } from '../words/speech.ts'
import { SecretInput } from './SecretInput.tsx'

/** What is known of the shape of the text in the field. The text itself stays in the field. */
type Shape = KeyFlaw | 'looks-right'

/** What speaks against a text as a key, by its shape alone. */
export type JudgeKey = (provider: ProviderName, key: string) => KeyFlaw | undefined

/** The shape of what stands in a key field; outer white space does not count. */
export const shapeOf = (provider: ProviderName, typed: string, judge: JudgeKey = keyFlaw): Shape =>
  judge(provider, typed.trim()) ?? 'looks-right'

type Props = {
  readonly provider: ProviderName
  /** The shape that is wanted; a key that drafts, without it. */
  readonly judge?: JudgeKey | undefined
  /** What the field is called; the provider's API key, without it. */
  readonly label?: string | undefined
  /** What may stand here, and what becomes of it; that it is never shown again, without it. */
  readonly hint?: string | undefined
}

/** Where a key is pasted. Its shape is judged at once, with words; the value is never kept by React. */
export const KeyField = ({ provider, judge, label, hint }: Props) => {
  const { t } = useSpeech()
  const [shape, setShape] = useState<Shape>('empty')
  const name = t(`providers.${provider}`)
  const judgePasted = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = shapeOf(provider, event.clipboardData.getData('text/plain'), judge)
    if (pasted !== 'line-break') return
    event.preventDefault()
    setShape(pasted)
  }
  const flawed = shape !== 'looks-right' && shape !== 'empty'
  return (
    <>
      <SecretInput
        label={label ?? t('popup.connect.key', { provider: name })}
        description={hint ?? t('popup.connect.never')}
        error={flawed && t(`keyFlaws.${shape}`, { provider: name })}
        autoFocus={provider !== 'compatible'}
        onPaste={judgePasted}
        onInput={(event) => setShape(shapeOf(provider, event.currentTarget.value, judge))}
      />
      {shape === 'looks-right' && provider !== 'compatible' && (
        <Text fz="xs" c="dimmed">
          {t('popup.connect.looksRight', { provider: name })}
        </Text>
      )}
    </>
  )
}
