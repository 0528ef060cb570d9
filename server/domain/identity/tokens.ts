import { type DeviceStore, touch, welcome } from './devices.ts'
import { type Credentials, type ProofParts, provenBy, spendProof } from './proof.ts'

/** What a session token says: whose device, and which key must prove each request. Never a role. */
export type Session = { readonly workspaceId: string; readonly deviceId: string; readonly jkt: string }

/** A session token and when it ends. */
export type IssuedToken = {
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Public keys as `/.well-known/jwks.json` shows them (RFC 7517). */
export type PublicKeys = { readonly keys: readonly Readonly<Record<string, unknown>>[] }

/** Signs session tokens and knows its own again. */
export type SessionTokens = {
  issue(session: Session): Promise<IssuedToken>
  /** Undefined for whatever this vault did not sign, or that has ended. */
  verify(token: string): Promise<Session | undefined>
  readonly publicKeys: PublicKeys
}

/** Session tokens under whichever token key is in force. */
export type VaultTokens = {
  readonly issue: SessionTokens['issue']
  readonly verify: SessionTokens['verify']
  readonly publicKeys: () => Promise<PublicKeys>
  /** Drops the opened token key; the next to ask opens the one that is in force then. */
  readonly forget: () => void
}

/** Opens the token key when it is first needed, and keeps it until it is to be forgotten. */
export const vaultTokens = (open: () => Promise<SessionTokens>): VaultTokens => {
  let opened: Promise<SessionTokens> | undefined
  const forget = (): void => {
    opened = undefined
  }
  const current = async (): Promise<SessionTokens> => {
    opened ??= open()
    try {
      return await opened
    } catch (error) {
      forget()
      throw error
    }
  }
  return {
    issue: async (session) => (await current()).issue(session),
    verify: async (token) => (await current()).verify(token),
    publicKeys: async () => (await current()).publicKeys,
    forget,
  }
}

type TokenParts = ProofParts & {
  readonly tokens: Pick<SessionTokens, 'issue'>
  readonly devices: Pick<DeviceStore, 'findByKey' | 'touch'>
}

/** A token for the device whose key made the proof. Refuses with `proof-refused`, `device-unknown`, `device-removed`, `origin-refused` or `device-suspended`. */
export const issueToken =
  (parts: TokenParts) =>
  async (credentials: Credentials): Promise<IssuedToken & { readonly now: number }> => {
    const proof = await provenBy(parts, credentials)
    const now = parts.now()
    const device = welcome(await parts.devices.findByKey(proof.jkt), credentials.origin, now)
    await spendProof(parts, proof)
    await touch(parts, device)
    return { ...(await parts.tokens.issue(device.caller)), now }
  }
