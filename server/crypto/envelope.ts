import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import type { Envelope, SealContext, SealingKey } from '../domain/envelope.ts'
import { MasterKeyError, type MasterKeyRing } from './master-key.ts'

const ALG = 'A256GCMKW'
const ENC = 'A256GCM'
const KEY_BYTES = 32

/** A sealed text did not open: another key, another context, or it was changed. It does not say which. */
export class SealError extends Error {
  override readonly name = 'SealError'

  constructor() {
    super('a sealed text does not open here')
  }
}

type WrapContext = Omit<SealContext, 'kind'> & { readonly kind: 'workspace-key' }
type Context = SealContext | WrapContext

/** Every header that we write; another member, such as compression, is refused. `iv` and `tag` belong to the key wrap (RFC 7518 §4.7). */
const Header = z.strictObject({
  alg: z.literal(ALG),
  enc: z.literal(ENC),
  iv: z.string(),
  tag: z.string(),
  kid: z.string().optional(),
  ctx: z.record(z.string(), z.union([z.string(), z.int()])),
})

const isSame = (found: Readonly<Record<string, unknown>>, expected: Context): boolean => {
  const wanted = Object.entries(expected).filter(([, value]) => value !== undefined)
  return Object.keys(found).length === wanted.length && wanted.every(([name, value]) => found[name] === value)
}

const encrypt = (key: CryptoKey, context: Context, plaintext: Uint8Array, kid?: string): Promise<string> =>
  new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: ALG, enc: ENC, ctx: context, ...(kid === undefined ? {} : { kid }) })
    .encrypt(key)

type KeyFor = (kid: string | undefined) => CryptoKey | undefined

const headerOf = (sealed: string): z.infer<typeof Header> => {
  const text = Buffer.from(sealed.split('.', 1)[0] ?? '', 'base64url').toString()
  return Header.parse(JSON.parse(text))
}

/** The text, when key and context are the ones that it was sealed with. Whatever goes wrong is the same SealError. */
const decrypt = async (keyFor: KeyFor, context: Context, sealed: string): Promise<Uint8Array> => {
  try {
    const { ctx, kid } = headerOf(sealed)
    const key = keyFor(kid)
    if (key === undefined || !isSame(ctx, context)) throw new SealError()
    const allowed = { keyManagementAlgorithms: [ALG], contentEncryptionAlgorithms: [ENC] }
    return (await compactDecrypt(sealed, key, allowed)).plaintext
  } catch {
    throw new SealError()
  }
}

const sealingKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** A key for fingerprints, derived (RFC 5869) so that it is no use for opening what was sealed. */
const hashingKey = async (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('ownkey fingerprint')
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  return crypto.subtle.deriveKey(derivation, material, hmac, false, ['sign'])
}

const wrapContext = (workspace: string): WrapContext => ({
  kind: 'workspace-key',
  workspace,
  id: workspace,
  version: 1,
  purpose: 'wrap',
})

const fingerprint = async ({ hashing }: SealingKey, text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.sign('HMAC', hashing, new TextEncoder().encode(text))).toString('base64url')

/** The kid of the master key that wrapped a text; undefined for what another key sealed. It is what the text says of itself, whatever it is worth. */
export const kidOf = (wrapped: string): string | undefined => {
  try {
    return headerOf(wrapped).kid
  } catch {
    return undefined
  }
}

const otherMaster = (kid: string): MasterKeyError =>
  new MasterKeyError(
    `The data was sealed with another master key (${kid}). Put that one back, or beside the new one: first the new, then the old, separated by a comma.`,
  )

/** Envelopes under a ring of master keys: the first one wraps new workspace keys, every one opens those that name it. */
export const envelope = async (ring: MasterKeyRing): Promise<Envelope> => {
  const masters = new Map<string, CryptoKey>()
  for (const { kid, key } of ring) masters.set(kid, await sealingKey(Uint8Array.from(key)))
  const [{ kid: newest, key: newestBytes }] = ring
  const wrapping = await sealingKey(Uint8Array.from(newestBytes))

  const bytesOf = async (workspaceId: string, wrapped: string): Promise<Uint8Array> => {
    const kid = kidOf(wrapped)
    if (kid !== undefined && !masters.has(kid)) throw otherMaster(kid)
    const masterOf: KeyFor = (named) => masters.get(named ?? '')
    return decrypt(masterOf, wrapContext(workspaceId), wrapped)
  }

  return {
    newWrappedKey: (workspaceId) =>
      encrypt(wrapping, wrapContext(workspaceId), crypto.getRandomValues(new Uint8Array(KEY_BYTES)), newest),
    unwrap: async (workspaceId, wrapped) => {
      const bytes = Uint8Array.from(await bytesOf(workspaceId, wrapped))
      return { sealing: await sealingKey(bytes), hashing: await hashingKey(bytes) }
    },
    rewrap: async (workspaceId, wrapped) =>
      kidOf(wrapped) === newest
        ? undefined
        : encrypt(wrapping, wrapContext(workspaceId), await bytesOf(workspaceId, wrapped), newest),
    seal: ({ sealing }, context, text) => encrypt(sealing, context, new TextEncoder().encode(text)),
    open: async ({ sealing }, context, sealed) =>
      new TextDecoder().decode(await decrypt(() => sealing, context, sealed)),
    fingerprint,
  }
}
