import { createContext, useContext } from 'react'
import type { PairingLink } from '../../shared/pairing-link.ts'
import type { ThisBrowser } from '../ui/pairing/PairingForm.tsx'
import type { Vault } from '../vault/client.ts'

/** What the pairing page is made of. */
type PairParts = {
  readonly vault: Vault
  readonly browser: ThisBrowser
  /** What the link said. */
  readonly handed: PairingLink
  /** Tells the toolbar's badge what the vault said. */
  readonly onStatus: (status: Awaited<ReturnType<Vault['status']>>) => Promise<void>
  readonly openOptions: () => void
}

const Parts = createContext<PairParts | undefined>(undefined)

export const PairPartsProvider = Parts.Provider

export const useParts = (): PairParts => {
  const parts = useContext(Parts)
  if (parts === undefined) throw new Error('The pairing page is rendered without its parts')
  return parts
}
