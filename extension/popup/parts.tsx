import { createContext, useContext } from 'react'
import type { OpenOutcome } from '../messages.ts'
import type { Notices } from '../ui/alerts/notices.ts'
import type { Vault } from '../vault/client.ts'

/** What the popup needs of the browser around it. */
export type Surroundings = {
  /** Opens the assistant on the active tab, or in its own window. */
  readonly openAssistant: () => Promise<OpenOutcome>
  /** Opens the options page at a hash route such as `/receipts/<id>`. */
  readonly openOptions: (route: string) => void
  /** The keys that open the assistant, as the person has set them; empty when none. */
  readonly shortcut: () => Promise<string>
  readonly close: () => void
  /** Keeps the typed vault address while the popup is closed to fetch the code. It is not a secret. */
  readonly typedAddress: { readonly read: () => string; readonly keep: (address: string) => void }
  readonly deviceName: string
  readonly timeZone: string
}

type PopupParts = {
  readonly vault: Vault
  readonly surroundings: Surroundings
  readonly notices: Notices
  /** Tells the toolbar's badge what the vault said. */
  readonly onStatus: (status: Awaited<ReturnType<Vault['status']>>) => Promise<void>
}

const Parts = createContext<PopupParts | undefined>(undefined)

export const PopupPartsProvider = Parts.Provider

export const useParts = (): PopupParts => {
  const parts = useContext(Parts)
  if (parts === undefined) throw new Error('The popup is rendered without its parts')
  return parts
}
