import { randomBytes } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { createPrivately, orMissing, readPrivately } from './private-file.ts'

const KEY_BYTES = 32
/** 32 random bytes have 30 different values on average; fewer than 16 does not happen by chance. */
const LEAST_DIFFERENT = 16
const MOST_KEYS = 2

/** A key that wraps the workspaces' keys. `kid` is its thumbprint (RFC 7638), which says nothing about it. */
type MasterKey = { readonly kid: string; readonly key: Uint8Array }

/** The vault's master keys: the first one wraps, every one unwraps, so that a vault can move from one to the next. */
export type MasterKeyRing = readonly [MasterKey, ...MasterKey[]]

/** The vault must not start with this master key. The message says what to do and never holds the key. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

const refuse = (where: string, what: string): MasterKeyError =>
  new MasterKeyError(
    `${where} ${what}. A master key is 32 random bytes in base64url: \`openssl rand -base64 32 | tr '+/' '-_' | tr -d '='\``,
  )

const bytesOf = (text: string, where: string): Uint8Array => {
  if (!/^[A-Za-z0-9_-]{43}=?$/.test(text)) throw refuse(where, 'does not hold 32 bytes in base64url')
  return new Uint8Array(Buffer.from(text, 'base64url'))
}

/** Whether somebody chose these bytes by hand: one value repeated, a short pattern, or counting up. */
const isWeak = (key: Uint8Array): boolean => {
  const steps = key.map((byte, index) => byte - (key[index - 1] ?? 0))
  return new Set(key).size < LEAST_DIFFERENT || new Set(steps).size < LEAST_DIFFERENT
}

const masterKey = async (text: string, where: string): Promise<MasterKey> => {
  const key = bytesOf(text, where)
  if (isWeak(key)) throw refuse(where, 'is not random')
  return { key, kid: await calculateJwkThumbprint({ kty: 'oct', k: Buffer.from(key).toString('base64url') }) }
}

/** Reads one key, or two separated by a comma or a line break. `where` names the source in errors. Refuses weak ones. */
export const masterKeyRing = async (text: string, where: string): Promise<MasterKeyRing> => {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  if (parts.length > MOST_KEYS) throw refuse(where, 'holds more than two keys')
  const [first, ...others] = await Promise.all(parts.map((part) => masterKey(part, where)))
  if (first === undefined) throw refuse(where, 'is empty')
  return [first, ...others]
}

/** The path behind links, also where its last parts do not exist yet. */
const realPath = async (path: string): Promise<string> => {
  const found = await orMissing(realpath(path))
  if (found !== undefined || dirname(path) === path) return found ?? path
  return join(await realPath(dirname(path)), basename(path))
}

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`))
}

const refuseInside = async (file: string, dataFolder: string): Promise<void> => {
  if (!isInside(await realPath(resolve(file)), await realPath(resolve(dataFolder)))) return
  throw new MasterKeyError(
    `${file} lies inside the data folder, where each backup would carry it. Move it elsewhere and set OWNKEY_MASTER_KEY_FILE.`,
  )
}

/** A new master key, as it is written down. */
export const newMasterKeyText = (): string => randomBytes(KEY_BYTES).toString('base64url')

type MasterKeySource = {
  /** OWNKEY_MASTER_KEY; wins over the file. */
  readonly value: string | undefined
  readonly file: string
  readonly dataFolder: string
  /** Whether a missing file may be made: not when the database holds what another key has wrapped. */
  readonly mayCreate: boolean
}

/** Finds the vault's master keys, making the file at the first start. Throws MasterKeyError for whatever must not be used. */
export const readMasterKeys = async ({
  value,
  file,
  dataFolder,
  mayCreate,
}: MasterKeySource): Promise<MasterKeyRing> => {
  if (value !== undefined) return masterKeyRing(value, 'OWNKEY_MASTER_KEY')
  await refuseInside(file, dataFolder)
  const text = await readPrivately(file, MasterKeyError)
  if (text !== undefined) return masterKeyRing(text, file)
  if (!mayCreate)
    throw new MasterKeyError(
      `${file} is missing, and the database was written with it. Put it back, or set OWNKEY_MASTER_KEY or OWNKEY_MASTER_KEY_FILE.`,
    )
  await createPrivately(file, (handle) => handle.writeFile(`${newMasterKeyText()}\n`))
  return masterKeyRing((await readPrivately(file, MasterKeyError)) ?? '', file)
}
