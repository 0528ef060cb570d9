import { useEffect, useState } from 'react'
import { Inert } from './Inert.tsx'
import { Panel } from './Panel.tsx'
import type { Home } from './session/handover.ts'

/** The panel once `home` is known, which it is only after a person's gesture; until then it does and asks nothing. */
export const Assistant = ({ home }: { home: Promise<Home> }) => {
  const [confirmed, setConfirmed] = useState<Home>()
  useEffect(() => {
    void home.then(setConfirmed)
  }, [home])
  return confirmed === undefined ? <Inert /> : <Panel home={confirmed} />
}
