import type { FailureReason, ProviderName } from '../../shared/providers.ts'
import type { Candidate } from './attempts.ts'
import type { AuditRecord } from './audit.ts'
import type { Caller } from './caller.ts'
import type { Envelope } from './envelope.ts'
import type { Failure, ListedModel, OpenedKey, Provider } from './provider.ts'
import type { WorkspaceKey } from './workspaces.ts'

/** A connected key as it is stored, without its secret. */
export type StoredKey = {
  readonly workspaceId: string
  readonly id: string
  readonly provider: ProviderName
  readonly label: string
  /** The lowest position answers first. */
  readonly position: number
  readonly state: 'active' | 'rejected'
  readonly rejectedFor: FailureReason | null
  readonly model: string
  /** What the provider listed for this key; null when the key may not read the list. */
  readonly listed: readonly ListedModel[] | null
  readonly version: number
  readonly baseAddress: string
  readonly connectedBy: string
  readonly connectedAt: number
  readonly verifiedAt: number
}

/** What a successful verification found. */
export type Verified = Pick<StoredKey, 'model' | 'listed' | 'version' | 'baseAddress' | 'verifiedAt'> & {
  readonly sealed: string
}

export type KeyPlace = { readonly workspaceId: string; readonly keyId: string }

export type KeyStore = {
  /** Connected keys in the order in which they answer. */
  list(workspaceId: string): Promise<readonly (StoredKey & { readonly connectedByName: string })[]>
  find(place: KeyPlace): Promise<StoredKey | undefined>
  /** The sealed secret of a version that was not destroyed, and where it may go. */
  sealed(
    place: KeyPlace & { version: number },
  ): Promise<{ provider: ProviderName; sealed: string; baseAddress: string } | undefined>
  /** False when a key of the provider is connected. */
  connect(
    key: { place: KeyPlace; provider: ProviderName; label: string; by: string; verified: Verified },
    record: AuditRecord,
  ): Promise<boolean>
  /** Makes a new version the current one and destroys the one before. False when the key is gone or has another version by now. */
  replace(place: KeyPlace, verified: Verified, record: AuditRecord): Promise<boolean>
  /** Destroys the secret and keeps the rest for the books. False when there is no such connected key. */
  disconnect(place: KeyPlace & { at: number }, record: AuditRecord): Promise<boolean>
  change(place: KeyPlace, change: { model?: string; primary?: true }, record: AuditRecord): Promise<boolean>
  /** Takes a version out of routing; false when it is not the current one or was rejected before. */
  reject(place: KeyPlace & { version: number; reason: FailureReason }, record: AuditRecord): Promise<boolean>
  refuse(record: AuditRecord): Promise<void>
}

/** Proves a key by one tiny real call that has a receipt. The key is not stored yet; its id is, so that the receipt can name it. */
export type Verify = (
  caller: Caller,
  candidate: Candidate,
  key: OpenedKey,
  signal: AbortSignal,
) => Promise<{ readonly receiptId: string; readonly failure: Failure | undefined }>

export type KeyParts = {
  readonly keys: KeyStore
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
  readonly providers: Readonly<Record<ProviderName, Provider>>
  /** The base address in force for each provider: the provider's own, or the operator's. */
  readonly baseAddresses: Readonly<Record<ProviderName, string>>
  readonly verify: Verify
  readonly now: () => number
  readonly newId: () => string
}
