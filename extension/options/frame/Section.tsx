import { Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

type Props = { readonly title: string; readonly hint?: string; readonly children: ReactNode }

/** A part of a page with a name of its own. */
export const Section = ({ title, hint, children }: Props) => {
  const id = useId()
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Stack gap="md">
        <Stack gap={2}>
          <Title order={2} fz="md" id={id}>
            {title}
          </Title>
          {hint !== undefined && (
            <Text fz="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </Paper>
  )
}
