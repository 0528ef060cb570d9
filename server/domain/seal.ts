import type { AuditKind } from '../../shared/audit.ts'
import type { VersionStore } from './keys/rotation.ts'
import { Refusal } from './refusal.ts'

/** The seal on the whole vault and the token key that is in force, as the shared database has them now. */
export type SealState = {
  /** Milliseconds since the epoch; null: not sealed. */
  readonly sealedAt: number | null
  /** Zero while there is no token key yet. */
  readonly tokenKeyVersion: number
}

/** A token key that takes the place of the one before. */
export type NextTokenKey = { readonly version: number; readonly sealed: string }

/** What the audit log of every workspace says about the seal. */
export type SealKind = Extract<AuditKind, 'vault-sealed' | 'vault-unsealed'>

/** Where the seal is written down, for all vaults on the database. */
export type SealStore = {
  /** One query: it is asked at every request. */
  state(): Promise<SealState>
  /** Sets the seal and destroys the token key before `next`, together. False when the vault is sealed; nothing is written then. */
  seal(at: number, next: NextTokenKey): Promise<boolean>
  lift(): Promise<void>
  /** Writes into a workspace's audit log what became of the seal, unless that is the last that it says of it. */
  tell(workspaceId: string, kind: SealKind): Promise<void>
}

/** Refuses with `vault-sealed` while the vault is sealed. */
export const refuseSealed = async ({ state }: Pick<SealStore, 'state'>): Promise<void> => {
  if ((await state()).sealedAt !== null) throw new Refusal('vault-sealed', {})
}

type WatchParts = {
  readonly seals: Pick<SealStore, 'state'>
  /** Drops every opened key from memory. */
  readonly forget: () => void
}

/** Looks at the seal as it is now. While it is there, and whenever the token key is another one than before, opened keys are forgotten. */
export const watchSeal = ({ seals, forget }: WatchParts): (() => Promise<{ readonly sealed: boolean }>) => {
  let seen: number | undefined
  return async () => {
    const { sealedAt, tokenKeyVersion } = await seals.state()
    const sealed = sealedAt !== null
    if (sealed || tokenKeyVersion !== seen) forget()
    seen = tokenKeyVersion
    return { sealed }
  }
}

type SealParts = {
  readonly seals: SealStore
  readonly versions: Pick<VersionStore, 'destroyKept'>
  readonly workspaces: { list(): Promise<readonly { readonly id: string }[]> }
}

const tellEverybody = async (
  { seals, workspaces }: Pick<SealParts, 'seals' | 'workspaces'>,
  kind: SealKind,
): Promise<void> => {
  for (const { id } of await workspaces.list()) await seals.tell(id, kind)
}

/**
 * Seals the whole vault on every process at once: nothing is opened any more, every session token given until now is void for good, and of the
 * keys' versions only the current ones are left. False when it was sealed before; then only what a killed command left out is done.
 */
export const sealVault = async (parts: SealParts, at: number, next: NextTokenKey): Promise<boolean> => {
  const set = await parts.seals.seal(at, next)
  await parts.versions.destroyKept(Number.MAX_SAFE_INTEGER, at)
  await tellEverybody(parts, 'vault-sealed')
  return set
}

/** Lifts the seal; browsers get new tokens by their device keys. False when there was none. The records come first, so that a killed command can be given again. */
export const unsealVault = async (parts: Omit<SealParts, 'versions'>): Promise<boolean> => {
  if ((await parts.seals.state()).sealedAt === null) return false
  await tellEverybody(parts, 'vault-unsealed')
  await parts.seals.lift()
  return true
}
