import { Badge } from '@mantine/core'

/** Stands beside numbers when they do not come from the real provider, for example "simulated". Nothing otherwise. */
export const ProviderLabel = ({ label }: { label: string | null }) =>
  label === null ? null : (
    <Badge size="xs" variant="default" radius="md" tt="none" fw={600}>
      {label}
    </Badge>
  )
