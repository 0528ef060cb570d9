import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  readonly onClick: () => void
  /** What it is called where its text alone would not say of what it is. */
  readonly label?: string
  readonly children: ReactNode
}

/** An action that stands back as a link does, so that the surface keeps one filled button. */
export const QuietButton = ({ onClick, label, children }: Props) => (
  <Button
    size="compact-xs"
    variant="transparent"
    px={0}
    bd={0}
    fw={500}
    c="var(--mantine-color-anchor)"
    style={{ alignSelf: 'flex-start', flex: 'none' }}
    {...(label === undefined ? {} : { 'aria-label': label })}
    onClick={onClick}
  >
    {children}
  </Button>
)
