import { z } from 'zod'
import { Id, Label, Moment } from './ids.ts'
import { Member, Role } from './members.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ID_LENGTH = 6
const SECRET_LENGTH = 16

/** A one-time pairing code. The id travels in clear; the secret (80 bits) never leaves the browser. */
export type PairingCode = { readonly id: string; readonly secret: string }

const normalize = (typed: string): string =>
  typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1').replaceAll(/[\s-]/g, '')

/** Reads a code as a person types it: any case, with or without dashes, O for 0 and I or L for 1. Nothing else is guessed. */
export const readPairingCode = (typed: string): PairingCode | undefined => {
  const text = normalize(typed)
  const known = [...text].every((letter) => ALPHABET.includes(letter))
  if (!known || text.length !== ID_LENGTH + SECRET_LENGTH) return undefined
  return { id: text.slice(0, ID_LENGTH), secret: text.slice(ID_LENGTH) }
}

/** Writes a code in groups: `7F3K9Q-XXXX-XXXX-XXXX-XXXX`. */
export const writePairingCode = ({ id, secret }: PairingCode): string =>
  [id, ...(secret.match(/.{4}/g) ?? [])].join('-')

/** Makes a code from at least 14 random bytes: Crockford's base32, one letter for five bits. */
export const pairingCodeFrom = (random: Uint8Array): PairingCode => {
  let bits = 0n
  for (const byte of random.subarray(0, 14)) bits = (bits << 8n) | BigInt(byte)
  let letters = ''
  for (let place = 0; place < ID_LENGTH + SECRET_LENGTH; place += 1) {
    letters += ALPHABET[Number(bits & 31n)]
    bits >>= 5n
  }
  return { id: letters.slice(0, ID_LENGTH), secret: letters.slice(ID_LENGTH) }
}

/**
 * What the browser proves instead of sending the secret: HMAC-SHA-256, keyed with SHA-256 of the secret's letters,
 * over the device key's thumbprint, a line break, and the origin of the vault. Uses Web Crypto only.
 */
export const pairingMac = async (
  secret: string,
  thumbprint: string,
  vaultOrigin: string,
): Promise<string> => {
  const verifier = await pairingVerifier(secret)
  return macOf(verifier, thumbprint, vaultOrigin)
}

/** SHA-256 of the secret's letters: what the vault keeps, sealed, until the code is used. */
export const pairingVerifier = async (secret: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)))

/** The MAC for a kept verifier, base64url. */
export const macOf = async (
  verifier: Uint8Array<ArrayBuffer>,
  thumbprint: string,
  vaultOrigin: string,
): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', verifier, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const text = new TextEncoder().encode(`${thumbprint}\n${vaultOrigin}`)
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, text)).toBase64({
    alphabet: 'base64url',
    omitPadding: true,
  })
}

/** The first group of a pairing code, by which it is found. */
export const CodeId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{6}$/)

/** Body of `POST /v1/devices`. The proof header carries the device's public key. Names are for a new member or workspace and ignored otherwise. */
export const PairingRequest = z.strictObject({
  codeId: CodeId,
  mac: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  deviceName: Label,
  memberName: Label.optional(),
  workspaceName: Label.optional(),
  timeZone: z.string().min(1).max(64).optional(),
})
export type PairingRequest = z.infer<typeof PairingRequest>

/** Answer of `POST /v1/devices`: as whom this browser is paired. */
export const Paired = z.object({
  deviceId: Id,
  workspace: z.object({ id: Id, name: Label }),
  member: Member,
})
export type Paired = z.infer<typeof Paired>

/** Body of `POST /v1/pairing-codes`: another browser for oneself, or an invitation. */
export const PairingCodeRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('device') }),
  z.strictObject({ kind: z.literal('invite'), role: Role.exclude(['owner']) }),
])
export type PairingCodeRequest = z.infer<typeof PairingCodeRequest>

/** Answer of `POST /v1/pairing-codes`: a code to show once, and until when it works. */
export const PairingCodeAnswer = z.object({ code: z.string().max(40), expiresAt: Moment })
export type PairingCodeAnswer = z.infer<typeof PairingCodeAnswer>

/** Answer of `POST /v1/tokens`: a token bound to the device key (RFC 9449). */
export const TokenAnswer = z.object({ token: z.string().max(4_000), expiresAt: Moment, now: Moment })
export type TokenAnswer = z.infer<typeof TokenAnswer>
