import { ActionIcon, Group, Stack, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSpeech } from '../ui/words/speech.ts'

type Props = { readonly title: string; readonly onBack: () => void; readonly children: ReactNode }

/** A step below the popup's home: its title, which takes the focus when it appears, and the way back. */
export const Subview = ({ title, onBack, children }: Props) => {
  const { t } = useSpeech()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Stack gap="sm" p="md" component="main">
      <Group gap={4} wrap="nowrap" ml={-6}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('common.back')} onClick={onBack}>
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
        <Title order={1} fz="md" ref={heading} tabIndex={-1}>
          {title}
        </Title>
      </Group>
      {children}
    </Stack>
  )
}
