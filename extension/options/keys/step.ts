import type { KeyConnected } from '../../../shared/keys.ts'

/** What is being done with a key, in a dialog over the page. */
export type KeyStep =
  | { readonly step: 'none' }
  | { readonly step: 'connect' }
  | {
      readonly step: 'model' | 'replace' | 'disconnect' | 'name' | 'limit'
      readonly keyId: string
    }
  /** After it was verified and saved; `isAgain`: it was connected before, and its provider takes it still. */
  | { readonly step: 'done'; readonly connected: KeyConnected; readonly isAgain?: boolean }

export type GoToStep = (step: KeyStep) => void
