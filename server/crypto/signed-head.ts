import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose'
import { z } from 'zod'
import { BookKey, SignedHead } from '../../shared/chains.ts'
import type { Bookkeeper, MakeBookkeeper } from '../domain/bookkeeping.ts'

/** Every browser verifies it, Ed25519 not yet. */
const ALG = 'ES256'
const TYP = 'ownkey-head+jws'

const PrivateKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})

/** A new private key that signs the heads of a workspace's books, as text to be sealed. */
export const newBookkeepingKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(ALG, { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}

/** Signs heads with the private key of this text (JWS, RFC 7515). The public key goes with each, so that a file can be checked by itself. */
export const bookkeeper: MakeBookkeeper = async (keyText): Promise<Bookkeeper> => {
  const { d, ...jwk } = PrivateKey.parse(JSON.parse(keyText))
  const signing = await importJWK({ ...jwk, d }, ALG)
  const kid = await calculateJwkThumbprint(jwk)
  return {
    key: { ...jwk, kid },
    sign: (head) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(SignedHead.parse(head))))
        .setProtectedHeader({ alg: ALG, typ: TYP, kid, jwk })
        .sign(signing),
  }
}

const Header = z.object({ alg: z.literal(ALG), typ: z.literal(TYP), jwk: BookKey.omit({ kid: true }) })

/** What a signed head says, and the thumbprint of the key that signed it. */
type ReadHead = { readonly head: SignedHead; readonly kid: string }

const readVerified = async (text: string): Promise<ReadHead> => {
  const { jwk } = Header.parse(JSON.parse(Buffer.from(text.split('.', 1)[0] ?? '', 'base64url').toString()))
  const { payload } = await compactVerify(text, await importJWK(jwk, ALG), { algorithms: [ALG] })
  const head = SignedHead.parse(JSON.parse(new TextDecoder().decode(payload)))
  return { head, kid: await calculateJwkThumbprint(jwk) }
}

/** Reads a signed head by the key that goes with it; undefined when it is none, or was changed. Whose key it is, the reader compares. */
export const readSignedHead = async (text: string): Promise<ReadHead | undefined> => {
  try {
    return await readVerified(text)
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError || error instanceof SyntaxError)
      return undefined
    throw error
  }
}
