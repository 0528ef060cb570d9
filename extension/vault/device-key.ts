import { calculateJwkThumbprint, exportJWK } from 'jose'
import { z } from 'zod'
import { Thumbprint } from '../../shared/ids.ts'
import type { Local } from '../local/database.ts'

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const PublicJwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
const StoredKey = z.custom<CryptoKey>((value) => value instanceof CryptoKey)

/** A device's key pair. The private half cannot be exported by script; it is not hardware. `address` is the vault that it was made for. */
export const DeviceKey = z.object({
  address: z.string(),
  privateKey: StoredKey,
  publicJwk: PublicJwk,
  thumbprint: Thumbprint,
})
export type DeviceKey = z.infer<typeof DeviceKey>

const PAIRED = 'paired'
const pendingId = (address: string) => `pending ${address}`

const makeKey = async (address: string): Promise<DeviceKey> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const publicJwk = PublicJwk.parse(await exportJWK(publicKey))
  return { address, privateKey, publicJwk, thumbprint: await calculateJwkThumbprint(publicJwk) }
}

/**
 * The key pair with which this browser tries to pair with a vault. It is kept until a pairing succeeds, so that an answer
 * that got lost is not a lost pairing. Two surfaces that ask at once get the same one.
 */
export const pendingKey = async (local: Local, address: string): Promise<DeviceKey> => {
  const id = pendingId(address)
  const known = DeviceKey.safeParse(await local.deviceKeys.get(id))
  if (known.success) return known.data
  const made = await makeKey(address)
  try {
    await local.deviceKeys.add({ id, ...made })
    return made
  } catch (conflict) {
    const other = DeviceKey.safeParse(await local.deviceKeys.get(id))
    if (other.success) return other.data
    throw conflict
  }
}

/** The key of the present pairing. */
export const pairedKey = async (local: Local): Promise<DeviceKey | undefined> =>
  DeviceKey.safeParse(await local.deviceKeys.get(PAIRED)).data

/** Makes this the one key of this browser; every other key is forgotten. */
export const keepPairedKey = async (local: Local, key: DeviceKey): Promise<void> => {
  await local.deviceKeys.clear()
  await local.deviceKeys.put({ id: PAIRED, ...key })
}
