import { Button, Group, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { draftBounds } from '../../../shared/drafts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ArmedButton, type ArmedHandle } from '../session/Arming.tsx'

type Props = { readonly disabled: boolean; readonly onRefine: (instruction: string) => void }

/** What should change: two usual wishes, a translation to be named, or the person's own words. */
export const RefineForm = ({ disabled, onRefine }: Props) => {
  const { t } = useSpeech()
  const [wish, setWish] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const change = useRef<ArmedHandle>(null)
  const send = (): void => {
    if (disabled || wish.trim() === '') return
    onRefine(wish)
    setWish('')
  }
  const onKeyDown = ({ key, nativeEvent }: KeyboardEvent): void => {
    if (key === 'Enter' && !nativeEvent.isComposing) change.current?.press(nativeEvent)
  }
  const beginTranslation = (): void => {
    setWish(t('assistant.refine.translateInstruction'))
    field.current?.focus()
  }
  const chip = { size: 'compact-xs', variant: 'default', disabled } as const
  return (
    <>
      <Group gap={6}>
        <ArmedButton {...chip} onPress={() => onRefine(t('assistant.refine.shorterInstruction'))}>
          {t('assistant.refine.shorter')}
        </ArmedButton>
        <ArmedButton {...chip} onPress={() => onRefine(t('assistant.refine.friendlierInstruction'))}>
          {t('assistant.refine.friendlier')}
        </ArmedButton>
        <Button size="compact-xs" variant="default" disabled={disabled} onClick={beginTranslation}>
          {t('assistant.refine.translate')}
        </Button>
      </Group>
      <Group gap={6} wrap="nowrap">
        <TextInput
          ref={field}
          flex={1}
          size="xs"
          dir="auto"
          aria-label={t('assistant.refine.label')}
          placeholder={t('assistant.refine.placeholder')}
          maxLength={draftBounds.instruction}
          value={wish}
          onChange={({ currentTarget }) => setWish(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <ArmedButton
          handle={change}
          size="xs"
          variant="default"
          disabled={disabled || wish.trim() === ''}
          onPress={send}
        >
          {t('assistant.refine.change')}
        </ArmedButton>
      </Group>
    </>
  )
}
