import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  readonly todo: string
  /** 1 where nothing else is on the page. */
  readonly order?: 1 | 2
  readonly children?: ReactNode
}

/** Where there is nothing yet: says so, and the one step that fills it. */
export const EmptyState = ({ title, todo, order = 2, children }: Props) => (
  <Stack gap="xs" align="center" ta="center" py={48} px="md" maw={520} mx="auto">
    <Title order={order} fz="md">
      {title}
    </Title>
    <Text fz="sm" c="dimmed">
      {todo}
    </Text>
    {children}
  </Stack>
)
