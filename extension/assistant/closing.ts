import { useRef } from 'react'
import type { Home } from './session/handover.ts'

const leave = (home: Home): void => {
  if (home.kind === 'page') home.link.close()
  else window.close()
}

/** Closes once everything is written down; asked twice, at once. */
export const useClosing = (home: Home, finish: () => Promise<unknown>): (() => void) => {
  const closing = useRef(false)
  return () => {
    if (closing.current) return leave(home)
    closing.current = true
    void finish().finally(() => leave(home))
  }
}
