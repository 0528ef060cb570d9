import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useSpeech } from '../words/speech.ts'

type Props = { readonly name: string; readonly value: string }

/** Something to carry elsewhere: what it is, itself, and a button that copies it. */
export const Copyable = ({ name, value }: Props) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={500}>
        {name}
      </Text>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Code fz="sm" dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {value}
        </Code>
        <Button
          size="compact-xs"
          variant="default"
          style={{ flex: 'none' }}
          aria-label={clipboard.copied ? t('common.copied') : `${t('common.copy')}: ${name}`}
          onClick={() => clipboard.copy(value)}
        >
          {clipboard.copied ? t('common.copied') : t('common.copy')}
        </Button>
      </Group>
    </Stack>
  )
}
