import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { readonly onClick: () => void; readonly children: ReactNode }

/** An action that stands back as a link does, so that the surface keeps one filled button. */
export const QuietButton = ({ onClick, children }: Props) => (
  <Button
    size="compact-xs"
    variant="transparent"
    px={0}
    bd={0}
    fw={500}
    c="var(--mantine-color-anchor)"
    style={{ alignSelf: 'flex-start', flex: 'none' }}
    onClick={onClick}
  >
    {children}
  </Button>
)
