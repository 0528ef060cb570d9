import type { KeyConnected } from '../../../shared/keys.ts'

/** What is being done with a key, in a dialog over the page. */
export type KeyStep =
  | { readonly step: 'none' }
  | { readonly step: 'connect' }
  | { readonly step: 'model' | 'replace' | 'disconnect'; readonly keyId: string }
  /** After it was verified and saved. */
  | { readonly step: 'done'; readonly connected: KeyConnected }
