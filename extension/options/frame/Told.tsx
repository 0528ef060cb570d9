import { Group, Text } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

type Props = {
  /** Empty: nothing was done yet. */
  readonly text: string
  /** What can be done about it, such as taking it back. */
  readonly children?: ReactNode
}

/** What was just done, announced; it takes the focus when that was on something which is gone now. Keeps its space. */
export const Told = ({ text, children }: Props) => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== '' && document.activeElement === document.body) line.current?.focus()
  }, [text])
  return (
    <Group ref={line} role="status" tabIndex={-1} mih={30} gap="sm" mb="xs" style={{ outline: 'none' }}>
      {text !== '' && (
        <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
      {children}
    </Group>
  )
}
