/**
 * Where a sealed text may be used. All of it is bound to the text (authenticated, not secret) and compared when it is opened, so that a row
 * which was moved, renamed or given another address opens nothing.
 */
export type SealContext = {
  readonly kind:
    | 'provider-key'
    | 'reporting-key'
    | 'pairing-verifier'
    | 'token-key'
    | 'bookkeeping-key'
    | 'draft'
    | 'webhook'
  readonly workspace: string
  /** The row that holds it. */
  readonly id: string
  readonly version: number
  readonly purpose: string
  readonly provider?: string
  /** The exact base address that a provider key may be sent to. */
  readonly address?: string
}

/** A workspace's key, opened. Only an envelope can use it; it cannot be read back. */
export type SealingKey = { readonly sealing: CryptoKey; readonly hashing: CryptoKey }

/** Sealing and opening (RFC 7516). Whatever does not open fails with one error that says nothing about the text. */
export type Envelope = {
  /** A new random key for a workspace, wrapped by the vault's master key; the key itself never leaves. */
  newWrappedKey(workspaceId: string): Promise<string>
  unwrap(workspaceId: string, wrapped: string): Promise<SealingKey>
  /** The same key, wrapped by the newest master key; undefined when it is already. */
  rewrap(workspaceId: string, wrapped: string): Promise<string | undefined>
  seal(key: SealingKey, context: SealContext, text: string): Promise<string>
  open(key: SealingKey, context: SealContext, sealed: string): Promise<string>
  /** A keyed hash, base64url: equal texts of one workspace are equal, and nobody without its key can try guesses. */
  fingerprint(key: SealingKey, text: string): Promise<string>
}
