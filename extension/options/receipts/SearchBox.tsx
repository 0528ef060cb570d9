import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'

/** Milliseconds without a key after which a person is taken to have typed the word. */
const PAUSE_MS = 200

type Props = { readonly value: string; readonly onChange: (typed: string) => void }

/** Words to look for. What is typed is looked for after a pause; Escape empties the box. */
export const SearchBox = ({ value, onChange }: Props) => {
  const { t } = useSpeech()
  const [typed, setTyped] = useState(value)
  const tell = useDebouncedCallback(onChange, PAUSE_MS)
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value])
  const change = (text: string): void => {
    setTyped(text)
    tell(text.trim())
  }
  return (
    <TextInput
      size="xs"
      type="search"
      flex={1}
      miw={220}
      maxLength={80}
      label={t('options.receipts.search')}
      placeholder={t('options.receipts.searchHint')}
      leftSection={<IconSearch size={14} />}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && change('')}
    />
  )
}
