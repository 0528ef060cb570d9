import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000
/** How often the clock is looked at: a minute is never shown for much longer than it lasts. */
const LOOK_MS = 5_000

/** Whole minutes until a moment, the begun one counted; 0 when it has passed. Counts down while it is shown. `now` is the clock. */
export const useMinutesLeft = (until: number, now: () => number): number => {
  const left = () => Math.max(0, Math.ceil((until - now()) / MINUTE_MS))
  const [minutes, setMinutes] = useState(left)
  useEffect(() => {
    const look = () => setMinutes(Math.max(0, Math.ceil((until - now()) / MINUTE_MS)))
    look()
    const timer = setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [until, now])
  return minutes
}
