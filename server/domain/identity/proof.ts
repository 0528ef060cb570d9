import type { Facts } from '../../../shared/problems.ts'
import { Refusal } from '../refusal.ts'

/** What identifies a request: the headers as they came, its method and path. The address is the vault's own, never the Host header. */
export type Credentials = {
  readonly authorization: string | undefined
  readonly proof: string | undefined
  readonly origin: string | undefined
  readonly method: string
  readonly path: string
}

/** What is wrong with a proof; the device is told, so that it can set its clock right. */
export type ProofFlaw = Facts<'proof-refused'>['reason']

/** A proof that is genuine, fresh, and made for this request (RFC 9449). Whether it was seen before is not known yet. */
export type Proof = {
  /** Thumbprint of the device key that signed it. */
  readonly jkt: string
  readonly jtiHash: string
  /** When it is too old to be accepted anyway, in milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A proof that holds, or why it does not. */
export type CheckedProof = { readonly proof: Proof } | { readonly flaw: ProofFlaw }

/** What a proof must have been made for. `token` is the access token that it came with, if any. */
export type ProofTarget = {
  readonly method: string
  readonly path: string
  readonly token: string | undefined
}

/** What judging proofs needs. */
export type ProofParts = {
  readonly checkProof: (proof: string | undefined, target: ProofTarget) => Promise<CheckedProof>
  /** Remembers a proof in the database that all vaults share; false when it was there. */
  readonly rememberProof: (proof: Proof) => Promise<boolean>
  readonly now: () => number
}

/** A session token that was presented, and the device key that it is bound to. */
type BoundToken = { readonly token: string; readonly jkt: string }

const refused = (reason: ProofFlaw, now: number): Refusal =>
  new Refusal('proof-refused', { reason, vaultTime: now })

/** The request's proof, if it is genuine, fresh, made for this request, and by the key that the token is bound to. Nothing is written yet. */
export const provenBy = async (
  { checkProof, now }: Pick<ProofParts, 'checkProof' | 'now'>,
  { proof, method, path }: Credentials,
  bound?: BoundToken,
): Promise<Proof> => {
  const checked = await checkProof(proof, { method, path, token: bound?.token })
  if ('flaw' in checked) throw refused(checked.flaw, now())
  if (bound !== undefined && bound.jkt !== checked.proof.jkt) throw refused('other-key', now())
  return checked.proof
}

/** Uses a proof up; the second time it is `replayed`. Called once it is known that the proof opens something, so that strangers write nothing. */
export const spendProof = async (
  { rememberProof, now }: Pick<ProofParts, 'rememberProof' | 'now'>,
  proof: Proof,
): Promise<void> => {
  if (!(await rememberProof(proof))) throw refused('replayed', now())
}
