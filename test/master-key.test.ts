import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MasterKeyError, masterKeyRing, readMasterKeys } from '../server/crypto/master-key.ts'

const good = (): string => randomBytes(32).toString('base64url')

let home: string
let file: string
let dataFolder: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ownkey-master-'))
  file = join(home, 'config', 'ownkey', 'master.key')
  dataFolder = join(home, 'data')
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const read = (changed: { value?: string; file?: string; mayCreate?: boolean } = {}) =>
  readMasterKeys({ value: undefined, file, dataFolder, mayCreate: true, ...changed })

const put = (text: string, mode = 0o600): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, mode)
}

const modeOf = (path: string): number => statSync(path).mode & 0o777

describe('the master key file', () => {
  test('is made at the first start, for its owner alone', async () => {
    const [made] = await read()
    expect(made.key).toHaveLength(32)
    expect(modeOf(file)).toBe(0o600)
    expect(modeOf(dirname(file))).toBe(0o700)
  })

  test('stays the same at the next start', async () => {
    const [made] = await read()
    expect((await read({ mayCreate: false }))[0]).toEqual(made)
  })

  test('is one and the same for vaults that start at the same moment', async () => {
    const rings = await Promise.all(Array.from({ length: 8 }, () => read()))
    expect(new Set(rings.map(([{ kid }]) => kid)).size).toBe(1)
    expect(readFileSync(file, 'utf8')).toMatch(/^[\w-]{43}\n$/)
  })

  test('is not made anew when the data was written with one that is missing', async () => {
    await expect(read({ mayCreate: false })).rejects.toThrow(/is missing/)
  })

  test.each([0o640, 0o604, 0o660, 0o666, 0o620])('is refused with mode %o', async (mode) => {
    put(good(), mode)
    await expect(read()).rejects.toThrow(/chmod 600/)
  })

  test('is refused inside the data folder, also by a link', async () => {
    await expect(read({ file: join(dataFolder, 'master.key') })).rejects.toThrow(/inside the data folder/)
    mkdirSync(dataFolder)
    writeFileSync(join(dataFolder, 'real.key'), good(), { mode: 0o600 })
    symlinkSync(join(dataFolder, 'real.key'), join(home, 'link.key'))
    await expect(read({ file: join(home, 'link.key') })).rejects.toThrow(/inside the data folder/)
    symlinkSync(dataFolder, join(home, 'folder'))
    await expect(read({ file: join(home, 'folder', 'new.key') })).rejects.toThrow(/inside the data folder/)
  })

  test('may lie in a folder whose name begins like the data folder', async () => {
    await expect(read({ file: join(home, 'data-keys', 'master.key') })).resolves.toHaveLength(1)
  })
})

describe('a master key', () => {
  test('from the environment wins over the file', async () => {
    const text = good()
    const [{ key }] = await read({ value: text })
    expect(Buffer.from(key).toString('base64url')).toBe(text)
  })

  test('has an id that says nothing about it and is the same each time', async () => {
    const text = good()
    const [{ kid }] = await masterKeyRing(text, 'x')
    expect(kid).toMatch(/^[\w-]{43}$/)
    expect(kid).not.toBe(text)
    expect((await masterKeyRing(text, 'x'))[0].kid).toBe(kid)
  })

  test('may stand beside an older one, and not beside two', async () => {
    expect(await masterKeyRing(`${good()},${good()}`, 'x')).toHaveLength(2)
    expect(await masterKeyRing(`${good()}\n${good()}\n`, 'x')).toHaveLength(2)
    await expect(masterKeyRing([good(), good(), good()].join(','), 'x')).rejects.toThrow(/more than two/)
  })

  test.each([
    ['nothing', ''],
    ['too short', randomBytes(31).toString('base64url')],
    ['too long', randomBytes(33).toString('base64url')],
    ['not base64url', `${'+'.repeat(43)}`],
    ['one byte again and again', Buffer.alloc(32, 7).toString('base64url')],
    [
      'a repeated pattern',
      Buffer.from('0123456701234567012345670123456701234567'.slice(0, 32)).toString('base64url'),
    ],
    ['counting up', Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64url')],
    [
      'counting down',
      Buffer.from(Array.from({ length: 32 }, (_, index) => 200 - index)).toString('base64url'),
    ],
  ])('that is %s is refused, and the refusal does not quote it', async (_what, text) => {
    const error = await masterKeyRing(text, 'OWNKEY_MASTER_KEY').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(MasterKeyError)
    expect(String(error)).toContain('OWNKEY_MASTER_KEY')
    if (text !== '') expect(String(error)).not.toContain(text)
  })
})
