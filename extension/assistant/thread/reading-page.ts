import { useCallback, useEffect, useRef, useState } from 'react'
import { keepSiteChoice, readSiteChoice } from '../../local/sites.ts'
import type { Capture } from '../../messages.ts'
import { storedIfPossible } from '../../vault/storage.ts'
import { useParts } from '../parts.tsx'
import type { Home } from '../session/handover.ts'
import { nothingToSend, type Sending, sendingOf } from './sending.ts'

/** What the panel knows of the page behind it. `captured` is undefined until the page has been read, and always in a window of its own. */
export type ReadPage = {
  readonly captured: Capture | undefined
  readonly sending: Sending
  readonly setSending: (sending: Sending) => void
  /** The page has gone on to another ticket since it was read. */
  readonly placeChanged: boolean
  readonly readAgain: () => void
}

const sameThread = (one: Capture, other: Capture): boolean =>
  one.place === other.place && JSON.stringify(one.turns) === JSON.stringify(other.turns)

/** Reads the page at once, and again when the person wants it. Nothing that was read leaves the panel by this. What the person changed stays when a second gesture finds the same thread. */
export const useReadPage = (home: Home): ReadPage => {
  const [captured, setCaptured] = useState<Capture>()
  const [sending, setSending] = useState(nothingToSend)
  const [placeChanged, setPlaceChanged] = useState(false)

  const last = useRef<Capture>(undefined)

  const readAgain = useCallback(() => {
    last.current = undefined
    if (home.kind === 'page') home.link.capture()
  }, [home])

  useEffect(() => {
    if (home.kind !== 'page') return
    home.link.listen({
      onCaptured: (capture) => {
        const known = last.current !== undefined && sameThread(last.current, capture)
        last.current = capture
        setCaptured(capture)
        setSending((sending) => (known ? { ...sending, begun: capture.begun } : sendingOf(capture)))
        setPlaceChanged(false)
      },
      onPlaceChanged: () => setPlaceChanged(true),
    })
    home.link.capture()
  }, [home])

  return { captured, sending, setSending, placeChanged, readAgain }
}

type RememberedSpot = {
  readonly move: (dx: number, dy: number, done: boolean) => void
  /** Resolves when the last move is written down. */
  readonly kept: () => Promise<void>
}

/** Puts the panel where it was left on this site, and remembers where it is moved. Undefined in a window of its own. */
export const useRememberedSpot = (home: Home, site: string | undefined): RememberedSpot | undefined => {
  const { local } = useParts()
  const moved = useRef({ dx: 0, dy: 0 })
  const writing = useRef(Promise.resolve())

  useEffect(() => {
    if (home.kind !== 'page' || site === undefined) return
    void storedIfPossible(async () => {
      const choice = await readSiteChoice(local, site)
      if (choice === undefined) return
      moved.current = choice.moved
      home.link.move(choice.moved.dx, choice.moved.dy, true)
    })
  }, [home, local, site])

  if (home.kind !== 'page') return undefined
  const move = (dx: number, dy: number, done: boolean): void => {
    home.link.move(dx, dy, done)
    moved.current = { dx: moved.current.dx + dx, dy: moved.current.dy + dy }
    if (site === undefined || !done) return
    const choice = { site, moved: moved.current }
    writing.current = storedIfPossible(() => keepSiteChoice(local, choice))
  }
  return { move, kept: () => writing.current }
}
