import { randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { envelope, SealError } from '../server/crypto/envelope.ts'
import { MasterKeyError, masterKeyRing } from '../server/crypto/master-key.ts'
import type { Envelope, SealContext, SealingKey } from '../server/domain/envelope.ts'

const context: SealContext = {
  kind: 'provider-key',
  workspace: 'workspace-1',
  id: 'key-1',
  version: 1,
  purpose: 'drafts',
  provider: 'anthropic',
  address: 'https://api.anthropic.com',
}
const secret = 'sk-ant-canary-0123456789'

const randomText = (): string => randomBytes(32).toString('base64url')
const underKeys = async (...texts: string[]): Promise<Envelope> =>
  envelope(await masterKeyRing(texts.join(','), 'a test'))

let box: Envelope
let key: SealingKey
let sealed: string

beforeAll(async () => {
  box = await underKeys(randomText())
  key = await box.unwrap('workspace-1', await box.newWrappedKey('workspace-1'))
  sealed = await box.seal(key, context, secret)
})

describe('a sealed secret', () => {
  test('opens for the context that it was sealed for', async () => {
    expect(await box.open(key, context, sealed)).toBe(secret)
  })

  test('shows neither the secret nor the same bytes twice', async () => {
    expect(sealed).not.toContain(secret)
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('canary')
    expect(await box.seal(key, context, secret)).not.toBe(sealed)
  })

  test.each<[string, SealContext]>([
    ['workspace', { ...context, workspace: 'workspace-2' }],
    ['row', { ...context, id: 'key-2' }],
    ['version', { ...context, version: 2 }],
    ['provider', { ...context, provider: 'openai' }],
    ['purpose', { ...context, purpose: 'reports' }],
    ['kind', { ...context, kind: 'draft' }],
    ['address', { ...context, address: 'https://api.anthropic.com.example' }],
    ['address that differs by a slash', { ...context, address: 'https://api.anthropic.com/' }],
  ])('does not open for another %s', async (_what, other) => {
    await expect(box.open(key, other, sealed)).rejects.toThrow(SealError)
  })

  test('does not open where a member of its context is left out', async () => {
    const { address: _, ...without } = context
    await expect(box.open(key, without, sealed)).rejects.toThrow(SealError)
  })

  test('does not open with the key of another workspace', async () => {
    const other = await box.unwrap('workspace-2', await box.newWrappedKey('workspace-2'))
    await expect(box.open(other, context, sealed)).rejects.toThrow(SealError)
  })

  test.each([0, 1, 2, 3, 4])('does not open when its part %i was changed', async (part) => {
    const parts = sealed.split('.')
    const text = parts[part] ?? ''
    parts[part] = `${text.slice(0, 4)}${text[4] === 'A' ? 'B' : 'A'}${text.slice(5)}`
    await expect(box.open(key, context, parts.join('.'))).rejects.toThrow(SealError)
  })

  test('does not open by an algorithm that we do not use, even with the right key and context', async () => {
    const foreign = await new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ctx: context })
      .encrypt(key.sealing)
    await expect(box.open(key, context, foreign)).rejects.toThrow(SealError)
  })

  test('does not open when its header says more than we write', async () => {
    const foreign = await new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', ctx: context, cty: 'text' })
      .encrypt(key.sealing)
    await expect(box.open(key, context, foreign)).rejects.toThrow(SealError)
  })

  test('does not open when it is no sealed text at all', async () => {
    for (const text of ['', '.', 'a.b.c.d.e', '....', 'x'.repeat(10_000)])
      await expect(box.open(key, context, text)).rejects.toThrow(SealError)
  })

  test('says nothing about the text when it does not open', async () => {
    const error = await box.open(key, { ...context, version: 9 }, sealed).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SealError)
    expect(error).not.toHaveProperty('cause')
    expect(String(error)).toBe('SealError: a sealed text does not open here')
  })
})

describe('a workspace key', () => {
  test('cannot be read back from memory', async () => {
    await expect(crypto.subtle.exportKey('raw', key.sealing)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('raw', key.hashing)).rejects.toThrow()
  })

  test('does not unwrap for another workspace', async () => {
    const wrapped = await box.newWrappedKey('workspace-1')
    await expect(box.unwrap('workspace-2', wrapped)).rejects.toThrow(SealError)
  })

  test('does not unwrap under another master key, and the operator reads which one is missing', async () => {
    const wrapped = await box.newWrappedKey('workspace-1')
    const other = await underKeys(randomText())
    await expect(other.unwrap('workspace-1', wrapped)).rejects.toThrow(MasterKeyError)
  })

  test('unwraps under the older of two master keys, and new ones are wrapped by the newer', async () => {
    const [older, newer] = [randomText(), randomText()]
    const before = await underKeys(older)
    const wrapped = await before.newWrappedKey('w')
    const text = await before.seal(await before.unwrap('w', wrapped), context, secret)
    const both = await underKeys(newer, older)
    expect(await both.open(await both.unwrap('w', wrapped), context, text)).toBe(secret)
    const rotated = await both.newWrappedKey('w')
    await expect((await underKeys(newer)).unwrap('w', rotated)).resolves.toBeDefined()
    await expect(before.unwrap('w', rotated)).rejects.toThrow(MasterKeyError)
  })
})

describe('a fingerprint', () => {
  test('is the same for the same text of one workspace, and different for another', async () => {
    const other = await box.unwrap('workspace-2', await box.newWrappedKey('workspace-2'))
    expect(await box.fingerprint(key, 'a text')).toBe(await box.fingerprint(key, 'a text'))
    expect(await box.fingerprint(key, 'a text')).not.toBe(await box.fingerprint(key, 'a text.'))
    expect(await box.fingerprint(key, 'a text')).not.toBe(await box.fingerprint(other, 'a text'))
  })
})
