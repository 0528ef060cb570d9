import { base64url, SignJWT } from 'jose'
import type { DeviceKey } from './device-key.ts'

/** What a proof speaks for: one request, at one moment (ms since epoch, in the vault's time), once (`id`). */
type Proven = {
  readonly method: string
  readonly url: URL
  readonly at: number
  readonly id: string
  readonly token?: string | undefined
}

const hashOf = async (token: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))

/** A DPoP proof (RFC 9449) by the device key. `htu` is the address without query and fragment. */
export const proofOf = async (key: DeviceKey, proven: Proven): Promise<string> => {
  const { method, url, at, id, token } = proven
  const ath = token === undefined ? {} : { ath: await hashOf(token) }
  return new SignJWT({ htm: method, htu: url.origin + url.pathname, ...ath })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .setJti(id)
    .setIssuedAt(Math.floor(at / 1000))
    .sign(key.privateKey)
}
