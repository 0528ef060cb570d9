import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import type { CheckedProof, ProofFlaw, ProofTarget } from '../domain/identity/proof.ts'
import { addressesOf } from '../domain/identity/vault-address.ts'

const ALG = 'ES256'
const OLDEST_MS = 60_000
/** How far a browser's clock may be ahead of ours. */
const FUTURE_MS = 5_000
const LONGEST_PROOF = 4_000
/** A proof stays remembered a little longer than it is accepted, for vaults whose clocks differ. */
const REMEMBERED_MS = OLDEST_MS + 60_000

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** The header of RFC 9449 §4.2. A key with a private part is refused, as §4.3 demands. */
const Header = z.object({
  typ: z.literal('dpop+jwt'),
  alg: z.literal(ALG),
  crit: z.never().optional(),
  jwk: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: Coordinate,
    y: Coordinate,
    d: z.never().optional(),
  }),
})

const Claims = z.object({
  jti: z.string().min(1).max(200),
  htm: z.string().max(20),
  htu: z.string().max(2_000),
  /** Seconds since the epoch. */
  iat: z.number(),
  ath: z.string().max(100).optional(),
})
type Claims = z.infer<typeof Claims>

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

const parsedHeader = (proof: string) => {
  try {
    return Header.safeParse(decodeProtectedHeader(proof)).data
  } catch {
    return undefined
  }
}

const parsedClaims = (payload: Uint8Array): Claims | undefined => {
  try {
    return Claims.safeParse(JSON.parse(new TextDecoder().decode(payload))).data
  } catch {
    return undefined
  }
}

type Signed = { readonly claims: Claims; readonly jkt: string }

/** The claims, if the key in the header signed them; otherwise what is wrong. */
const signed = async (proof: string): Promise<Signed | ProofFlaw> => {
  const header = proof.length > LONGEST_PROOF ? undefined : parsedHeader(proof)
  if (header === undefined) return 'malformed'
  const { kty, crv, x, y } = header.jwk
  const verified = await importJWK({ kty, crv, x, y }, ALG)
    .then((key) => compactVerify(proof, key, { algorithms: [ALG] }))
    .catch(() => undefined)
  if (verified === undefined) return 'signature'
  const claims = parsedClaims(verified.payload)
  return claims === undefined
    ? 'malformed'
    : { claims, jkt: await calculateJwkThumbprint({ kty, crv, x, y }) }
}

/** Address without query and fragment, as RFC 9449 §4.3 compares it; undefined when it is none. */
const bareAddress = (text: string): string | undefined => {
  const url = URL.parse(text)
  return url === null || url.username !== '' || url.password !== '' ? undefined : url.origin + url.pathname
}

const flawOf = (
  claims: Claims,
  { method, path, token }: ProofTarget,
  origin: string,
  now: number,
): ProofFlaw | undefined => {
  const age = now - claims.iat * 1_000
  const addresses = addressesOf(origin).map((address) => bareAddress(address + path))
  if (claims.htm !== method || !addresses.includes(bareAddress(claims.htu) ?? '')) return 'method-or-address'
  if (!(age <= OLDEST_MS && age >= -FUTURE_MS)) return 'clock'
  if (token !== undefined && claims.ath !== sha256(token)) return 'token-mismatch'
  return undefined
}

type DeviceProofParts = {
  /** The vault's own address as browsers use it, never what a Host header says. */
  readonly origin: () => string
  readonly now: () => number
}

/** Judges a proof of the device key (RFC 9449): everything but whether it was seen before. */
export const deviceProofs =
  ({ origin, now }: DeviceProofParts) =>
  async (proof: string | undefined, target: ProofTarget): Promise<CheckedProof> => {
    if (proof === undefined || proof === '') return { flaw: 'missing' }
    const found = await signed(proof)
    if (typeof found === 'string') return { flaw: found }
    const flaw = flawOf(found.claims, target, origin(), now())
    if (flaw !== undefined) return { flaw }
    const expiresAt = Math.ceil(found.claims.iat * 1_000) + REMEMBERED_MS
    return { proof: { jkt: found.jkt, jtiHash: sha256(found.claims.jti), expiresAt } }
  }
