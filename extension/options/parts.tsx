import { createContext, useContext } from 'react'
import type { Local } from '../local/database.ts'
import type { Notices } from '../ui/alerts/notices.ts'
import type { Vault } from '../vault/client.ts'

/** What the options page is made of. `now`: ms since epoch. `newId`: a fresh UUID at each call. */
type OptionsParts = {
  readonly vault: Vault
  readonly local: Local
  readonly notices: Notices
  readonly now: () => number
  readonly newId: () => string
}

const Parts = createContext<OptionsParts | undefined>(undefined)

export const OptionsPartsProvider = Parts.Provider

export const useParts = (): OptionsParts => {
  const parts = useContext(Parts)
  if (parts === undefined) throw new Error('The options page is rendered without its parts')
  return parts
}
