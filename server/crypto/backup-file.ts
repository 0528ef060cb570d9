import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

/** Who can open a backup: whoever holds the identity of this recipient, or knows this passphrase. */
export type Lock = { readonly recipient: string } | { readonly passphrase: string }
/** What opens one. */
export type Opener = { readonly identity: string } | { readonly passphrase: string }

/** The bytes are no file of this kind, were changed or cut, or another key locked them. */
export class LockedFileError extends Error {
  override readonly name = 'LockedFileError'
}

/** A new pair: the identity opens what was locked for the recipient, and only the recipient may be shown around. */
export const newBackupKey = async (): Promise<{ readonly identity: string; readonly recipient: string }> => {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

const encrypterFor = (lock: Lock): Encrypter => {
  const encrypter = new Encrypter()
  if ('recipient' in lock) encrypter.addRecipient(lock.recipient)
  else encrypter.setPassphrase(lock.passphrase)
  return encrypter
}

/** Whether bytes can be locked for this recipient. */
export const isRecipient = (text: string): boolean => {
  try {
    encrypterFor({ recipient: text })
    return true
  } catch {
    return false
  }
}

const streamOf = (bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const reading = bytes[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await reading.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
  })
}

const blocksOf = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const next = await reader.read()
    if (next.done) return
    yield next.value
  }
}

/** Bytes as a file of the age format (age-encryption.org/v1), which the tool `age` opens too; a block at a time. */
export const locked = async (
  bytes: AsyncIterable<Uint8Array>,
  lock: Lock,
): Promise<AsyncIterable<Uint8Array>> => blocksOf(await encrypterFor(lock).encrypt(streamOf(bytes)))

const decrypterFor = (opener: Opener): Decrypter => {
  const decrypter = new Decrypter()
  if ('identity' in opener) decrypter.addIdentity(opener.identity)
  else decrypter.addPassphrase(opener.passphrase)
  return decrypter
}

const whole = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* blocksOf(stream)
  } catch {
    throw new LockedFileError('was changed or cut off')
  }
}

/** The bytes of a locked file, each block authenticated before it is seen. Throws LockedFileError, also at the end of a file that was cut. */
export const unlocked = async (
  bytes: AsyncIterable<Uint8Array>,
  opener: Opener,
): Promise<AsyncIterable<Uint8Array>> => {
  try {
    return whole(await decrypterFor(opener).decrypt(streamOf(bytes)))
  } catch {
    throw new LockedFileError('does not open with this, or is no backup')
  }
}
