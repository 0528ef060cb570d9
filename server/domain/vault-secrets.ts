import type { Envelope, SealContext } from './envelope.ts'

/** The workspace id under which the vault keeps secrets of its own. */
const VAULT = 'vault'

const VAULT_KEY = 'vault-key'
const TOKEN_KEY = 'token-key'

/** Where sealed secrets that are no provider keys lie. */
export type SecretStore = {
  /** The sealed text of a kind, newest version. */
  find(workspaceId: string, kind: string): Promise<string | undefined>
  /** Writes the first version; the one that is there wins. Gives back what is stored now. */
  keepFirst(secret: {
    workspaceId: string
    id: string
    kind: string
    sealed: string
    at: number
  }): Promise<string>
}

type VaultSecretParts = {
  readonly secrets: SecretStore
  readonly envelope: Envelope
  /** A new private key for session tokens, as text. */
  readonly newTokenKey: () => Promise<string>
  readonly now: () => number
}

const tokenKeyContext: SealContext = {
  kind: 'token-key',
  workspace: VAULT,
  id: TOKEN_KEY,
  version: 1,
  purpose: 'session-tokens',
}

const orKeep = async (
  { secrets, now }: Pick<VaultSecretParts, 'secrets' | 'now'>,
  kind: string,
  make: () => Promise<string>,
): Promise<string> => {
  const known = await secrets.find(VAULT, kind)
  if (known !== undefined) return known
  return secrets.keepFirst({ workspaceId: VAULT, id: kind, kind, sealed: await make(), at: now() })
}

/**
 * The private key of this vault's session tokens, made at the first start and sealed under the vault's own key. Fails when the master key
 * is not the one that the vault was made with, so the vault does not start on a wrong one.
 */
export const tokenKeyText = async (parts: VaultSecretParts): Promise<string> => {
  const { envelope, newTokenKey } = parts
  const wrapped = await orKeep(parts, VAULT_KEY, () => envelope.newWrappedKey(VAULT))
  const vaultKey = await envelope.unwrap(VAULT, wrapped)
  const sealed = await orKeep(parts, TOKEN_KEY, async () =>
    envelope.seal(vaultKey, tokenKeyContext, await newTokenKey()),
  )
  return envelope.open(vaultKey, tokenKeyContext, sealed)
}
