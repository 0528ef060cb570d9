import { Group, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'

/** What was just done, announced. It takes the focus, since the button that did it is gone. */
export const Done = ({ children }: { children: string }) => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => line.current?.focus(), [])
  return (
    <Group
      gap={6}
      role="status"
      wrap="nowrap"
      align="flex-start"
      ref={line}
      tabIndex={-1}
      style={{ outline: 'none' }}
    >
      <IconCheck
        size={16}
        color="var(--mantine-color-anchor)"
        style={{ flex: 'none', marginBlockStart: 3 }}
        aria-hidden
      />
      <Text fz="sm" fw={600}>
        {children}
      </Text>
    </Group>
  )
}
