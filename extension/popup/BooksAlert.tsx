import { Anchor, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useBooks } from '../ui/books.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

/** One red line when the vault's books are not those that this browser saw; nothing otherwise, and nothing when that cannot be told. */
export const BooksAlert = () => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
  const read = useBooks(vault)
  const fault =
    read.state === 'ready' ? read.value.find((book) => book.fault !== undefined)?.fault : undefined
  if (fault === undefined) return null
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" role="alert" data-books={fault}>
      <IconAlertTriangle
        size={14}
        color="var(--ownkey-ink-red)"
        style={{ flex: 'none', marginTop: 2 }}
        aria-hidden
      />
      <Text fz="xs">
        <Text component="span" inherit c="var(--ownkey-ink-red)">
          {t(`popup.alert.books.${fault}`)}
        </Text>{' '}
        <Anchor component="button" type="button" inherit onClick={() => surroundings.openOptions('/audit')}>
          {t('popup.alert.lookAudit')}
        </Anchor>
      </Text>
    </Group>
  )
}
