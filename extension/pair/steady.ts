import { useEffect, useState } from 'react'

/** Milliseconds. Longer than the second click of a double click that began on another page, shorter than reading an address. */
const STEADY_MS = 700

/** Whether the page has been in front of the person for a while, so that a click on it was meant for it. */
export const useSteady = (): boolean => {
  const [steady, setSteady] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      const isInFront = document.visibilityState === 'visible' && document.hasFocus()
      if (isInFront) timer = setTimeout(() => setSteady(true), STEADY_MS)
      else setSteady(false)
    }
    const leaving = new AbortController()
    const { signal } = leaving
    addEventListener('focus', look, { signal })
    addEventListener('blur', look, { signal })
    document.addEventListener('visibilitychange', look, { signal })
    look()
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [])
  return steady
}
