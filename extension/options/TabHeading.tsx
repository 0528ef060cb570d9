import { Group, Text, Title } from '@mantine/core'
import { ProviderLabel } from '../ui/ProviderLabel.tsx'

type Props = { readonly title: string; readonly note: string | undefined; readonly label: string | null }

/** The name of a page, in which time zone or scope it is read, and that its numbers are not the real provider's. */
export const TabHeading = ({ title, note, label }: Props) => (
  <Group gap="sm" align="baseline" mb="lg">
    <Title order={1} fz={22}>
      {title}
    </Title>
    <Text fz="xs" c="dimmed">
      {note}
    </Text>
    <ProviderLabel label={label} />
  </Group>
)
