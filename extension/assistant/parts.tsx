import { createContext, useContext } from 'react'
import type { Status } from '../../shared/status.ts'
import type { Local } from '../local/database.ts'
import type { Vault } from '../vault/client.ts'

/** What the panel needs of the world. `now`: ms since epoch. `newId`: a fresh UUID at each call. */
export type AssistantParts = {
  readonly vault: Pick<Vault, 'status' | 'draft' | 'channels'>
  readonly local: Local
  readonly now: () => number
  readonly newId: () => string
  /** Address of a whole receipt on the options page. */
  readonly receiptAddress: (id: string) => string
  /** Has the background tell the vault what became of drafts, also after this panel is gone. */
  readonly tellOutcomes: () => void
  /** Tells the toolbar's badge what the vault said. */
  readonly onStatus: (status: Status) => Promise<void>
}

const Parts = createContext<AssistantParts | undefined>(undefined)

export const AssistantPartsProvider = Parts.Provider

export const useParts = (): AssistantParts => {
  const parts = useContext(Parts)
  if (parts === undefined) throw new Error('The assistant is rendered without its parts')
  return parts
}
