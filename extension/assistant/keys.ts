import { type RefObject, useEffect } from 'react'

export type PanelKeys = {
  /** The next step: Draft, then Insert. */
  readonly onNext: (event: KeyboardEvent) => void
  readonly onEscape: () => void
}

/** Takes the focus when the panel gets it and nothing in it has it, so that a person sees where their keys go. */
export const useFocusFallback = (panel: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const leaving = new AbortController()
    const take = (): void => {
      if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true })
    }
    window.addEventListener('focus', take, { signal: leaving.signal })
    if (document.hasFocus()) take()
    return () => leaving.abort()
  }, [panel])
}

/** Ctrl/⌘+Enter is the next step wherever the focus is; Escape closes, unless a field used it up. */
export const usePanelKeys = (keys: RefObject<PanelKeys>): void => {
  useEffect(() => {
    const leaving = new AbortController()
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        keys.current.onNext(event)
      }
      if (event.key === 'Escape') keys.current.onEscape()
    }
    document.addEventListener('keydown', listen, { signal: leaving.signal })
    return () => leaving.abort()
  }, [keys])
}
