import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** A name and what it is, on one line; long values break. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <Group justify="space-between" align="baseline" wrap="nowrap" gap="md" fz="sm">
    <Text component="dt" inherit c="dimmed" style={{ flex: 'none' }}>
      {name}
    </Text>
    <Text component="dd" inherit m={0} ta="end" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </Group>
)
