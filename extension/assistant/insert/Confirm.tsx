import { Button, Group, ScrollArea, Stack, Text, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { type MouseEvent, useEffect, useRef } from 'react'
import type { InsertQuestion } from '../../messages.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { isArmed } from '../session/visibility.ts'

type Props = {
  readonly question: InsertQuestion
  readonly onInsert: () => void
  readonly onDecline: () => void
}

/** What would be inserted, and where: shown apart from the page, and not pressed by a click that was meant for something else. */
export const Confirm = ({ question, onInsert, onDecline }: Props) => {
  const { t } = useSpeech()
  const since = useRef<number>(undefined)
  useEffect(() => {
    since.current = performance.now()
  }, [])
  useHotkeys([['Escape', onDecline]])
  const press = ({ nativeEvent }: MouseEvent): void => {
    if (nativeEvent.isTrusted && isArmed(since.current, nativeEvent.timeStamp)) onInsert()
  }
  return (
    <Stack component="main" h="100dvh" p="md" gap="sm">
      <Stack gap={2}>
        <Title order={1} size="h4">
          {t('assistant.confirm.title')}
        </Title>
        <Text fz="sm" c="dimmed">
          {t('assistant.confirm.into')}
        </Text>
        <Text fz="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi dir="auto">{question.site}</bdi>
        </Text>
      </Stack>
      <ScrollArea
        flex={1}
        type="auto"
        bd="1px solid var(--ownkey-line)"
        bg="var(--ownkey-sunken)"
        style={{ borderRadius: 'var(--mantine-radius-default)' }}
        viewportProps={{ tabIndex: 0, 'aria-label': t('assistant.draft.label') }}
      >
        <Text p="sm" fz="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {question.text}
        </Text>
      </ScrollArea>
      <Group gap="xs">
        <Button size="sm" onClick={press} autoFocus>
          {t('assistant.insert.insert')}
        </Button>
        <Button size="sm" variant="default" onClick={onDecline}>
          {t('assistant.insert.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
