import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { readonly onClick: () => void; readonly filled?: boolean; readonly children: ReactNode }

/** An action that stands back as a link does; `filled` when it is the next step. */
export const QuietButton = ({ onClick, filled = false, children }: Props) => (
  <Button
    size={filled ? 'sm' : 'compact-xs'}
    variant={filled ? 'filled' : 'transparent'}
    px={filled ? 'md' : 0}
    fw={filled ? 600 : 500}
    {...(filled ? {} : { c: 'var(--mantine-color-anchor)' })}
    style={{ alignSelf: 'flex-start' }}
    onClick={onClick}
  >
    {children}
  </Button>
)
