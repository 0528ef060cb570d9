import type { Envelope, SealContext, SealingKey } from './envelope.ts'
import type { NextTokenKey } from './seal.ts'

/** The workspace id under which the vault keeps secrets of its own. */
const VAULT = 'vault'

const VAULT_KEY = 'vault-key'
const TOKEN_KEY = 'token-key'
const FIRST_VERSION = 1

/** A secret as it lies in the database; its version is bound to the sealed text. */
type StoredSecret = { readonly version: number; readonly sealed: string }

/** Where sealed secrets that are no provider keys lie. */
export type SecretStore = {
  /** The sealed text of a kind, newest version. */
  find(workspaceId: string, kind: string): Promise<StoredSecret | undefined>
  /** Writes the first version; the one that is there wins. Gives back what is stored now. */
  keepFirst(secret: {
    workspaceId: string
    id: string
    kind: string
    sealed: string
    at: number
  }): Promise<StoredSecret>
}

type VaultSecretParts = {
  readonly secrets: SecretStore
  readonly envelope: Envelope
  /** A new private key for session tokens, as text. */
  readonly newTokenKey: () => Promise<string>
  readonly now: () => number
}

/** What the sealed token key is bound to. */
export const tokenKeyContext = (version: number): SealContext => ({
  kind: 'token-key',
  workspace: VAULT,
  id: TOKEN_KEY,
  version,
  purpose: 'session-tokens',
})

const orKeep = async (
  { secrets, now }: Pick<VaultSecretParts, 'secrets' | 'now'>,
  kind: string,
  make: () => Promise<string>,
): Promise<StoredSecret> => {
  const known = await secrets.find(VAULT, kind)
  if (known !== undefined) return known
  return secrets.keepFirst({ workspaceId: VAULT, id: kind, kind, sealed: await make(), at: now() })
}

const vaultKeyOf = async (parts: VaultSecretParts): Promise<SealingKey> => {
  const wrapped = await orKeep(parts, VAULT_KEY, () => parts.envelope.newWrappedKey(VAULT))
  return parts.envelope.unwrap(VAULT, wrapped.sealed)
}

/** Whether the vault keeps secrets already, which only its own master key opens. */
export const hasVaultKey = async ({ secrets }: Pick<VaultSecretParts, 'secrets'>): Promise<boolean> =>
  (await secrets.find(VAULT, VAULT_KEY)) !== undefined

/**
 * The private key of this vault's session tokens, made at the first start and sealed under the vault's own key. Fails when the master key
 * is not the one that the vault was made with, so the vault does not start on a wrong one.
 */
export const tokenKeyText = async (parts: VaultSecretParts): Promise<string> => {
  const { envelope, newTokenKey } = parts
  const vaultKey = await vaultKeyOf(parts)
  const { version, sealed } = await orKeep(parts, TOKEN_KEY, async () =>
    envelope.seal(vaultKey, tokenKeyContext(FIRST_VERSION), await newTokenKey()),
  )
  return envelope.open(vaultKey, tokenKeyContext(version), sealed)
}

/** A new private key for session tokens, sealed as the version after the present one. It is not stored yet. */
export const nextTokenKey = async (parts: VaultSecretParts): Promise<NextTokenKey> => {
  const { envelope, newTokenKey } = parts
  const present = await parts.secrets.find(VAULT, TOKEN_KEY)
  const version = (present?.version ?? 0) + 1
  const sealed = await envelope.seal(await vaultKeyOf(parts), tokenKeyContext(version), await newTokenKey())
  return { version, sealed }
}
