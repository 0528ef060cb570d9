import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { z } from 'zod'
import { Id, Thumbprint } from '../../shared/ids.ts'
import type { IssuedToken, Session, SessionTokens } from '../domain/identity/tokens.ts'

const ALG = 'Ed25519'
const TYP = 'ownkey-session+jwt'
const LIFE_SECONDS = 300

const PrivateKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

const Claims = z.object({
  sub: Id,
  ws: Id,
  cnf: z.strictObject({ jkt: Thumbprint }),
})

/** A new private key for session tokens, as text to be sealed. */
export const newTokenKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(ALG, { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}

type SessionTokenParts = {
  /** The private key, as newTokenKey wrote it. */
  readonly keyText: string
  /** The vault's own address: issuer and audience. */
  readonly origin: () => string
  readonly now: () => number
}

/** Session tokens of five minutes, each bound to a device key (RFC 9449 §6.1). Seconds exist only in here. */
export const sessionTokens = async ({ keyText, origin, now }: SessionTokenParts): Promise<SessionTokens> => {
  const { d, ...publicJwk } = PrivateKey.parse(JSON.parse(keyText))
  const kid = await calculateJwkThumbprint(publicJwk)
  const signing = await importJWK({ ...publicJwk, d }, ALG)
  const verifying = await importJWK(publicJwk, ALG)

  const issue = async ({ deviceId, workspaceId, jkt }: Session): Promise<IssuedToken> => {
    const issuedAt = Math.floor(now() / 1_000)
    const token = await new SignJWT({ ws: workspaceId, cnf: { jkt } })
      .setProtectedHeader({ alg: ALG, typ: TYP, kid })
      .setIssuer(origin())
      .setAudience(origin())
      .setSubject(deviceId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFE_SECONDS)
      .sign(signing)
    return { token, expiresAt: (issuedAt + LIFE_SECONDS) * 1_000 }
  }

  const verified = (token: string) =>
    jwtVerify(token, verifying, {
      algorithms: [ALG],
      typ: TYP,
      issuer: origin(),
      audience: origin(),
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'ws', 'cnf', 'iat', 'exp'],
    })

  const claimsOf = async (token: string): Promise<unknown> => {
    try {
      return (await verified(token)).payload
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }

  const verify = async (token: string): Promise<Session | undefined> => {
    const claims = Claims.safeParse(await claimsOf(token))
    if (!claims.success) return undefined
    const { sub, ws, cnf } = claims.data
    return { deviceId: sub, workspaceId: ws, jkt: cnf.jkt }
  }

  return { issue, verify, publicKeys: { keys: [{ ...publicJwk, kid, alg: ALG, use: 'sig' }] } }
}
