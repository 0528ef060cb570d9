import { Anchor, CloseButton, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type LineProps = {
  readonly kind: string
  /** Red for what no rule of the workspace foresees, amber for what one does. */
  readonly ink: 'amber' | 'red'
  readonly text: string
  readonly look?: { readonly text: string; readonly onClick: () => void } | undefined
  /** What stands at the end, such as the way to put it away. */
  readonly children?: ReactNode
}

/** One quiet line of what somebody should know, with the way to where it can be read. */
export const NoticeLine = ({ kind, ink, text, look, children }: LineProps) => {
  const color = `var(--ownkey-ink-${ink})`
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" role="status" data-alert={kind}>
      <IconAlertTriangle size={14} color={color} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
      <Text fz="xs" flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
        <Text component="span" inherit c={color}>
          {text}
        </Text>{' '}
        {look !== undefined && (
          <Anchor component="button" type="button" inherit onClick={look.onClick}>
            {look.text}
          </Anchor>
        )}
      </Text>
      {children}
    </Group>
  )
}

/** Puts a line away. */
export const PutAway = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <CloseButton size="xs" aria-label={label} title={label} onClick={onClick} style={{ flex: 'none' }} />
)
