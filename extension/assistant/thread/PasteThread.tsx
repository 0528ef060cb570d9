import { Box, Stack, Text, Textarea } from '@mantine/core'
import { draftBounds } from '../../../shared/drafts.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly onPage: boolean
  readonly text: string
  readonly onText: (text: string) => void
}

/** Where nothing could be read: the person brings the message by hand. */
export const PasteThread = ({ onPage, text, onText }: Props) => {
  const { t } = useSpeech()
  return (
    <Box className="scroll">
      <Stack gap={8}>
        <Text fz="sm" fw={600}>
          {t('assistant.paste.title')}
        </Text>
        <Text fz="sm" c="dimmed">
          {onPage ? t('assistant.paste.onPage') : t('assistant.paste.inWindow')}
        </Text>
        <Textarea
          aria-label={t('assistant.paste.label')}
          placeholder={t('assistant.paste.placeholder')}
          autosize
          minRows={6}
          maxRows={14}
          dir="auto"
          autoFocus
          maxLength={draftBounds.turnText}
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      </Stack>
    </Box>
  )
}
