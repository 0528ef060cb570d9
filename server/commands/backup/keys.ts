import { isRecipient, type Lock, type Opener } from '../../crypto/backup-file.ts'
import { readPrivately } from '../../crypto/private-file.ts'
import { OperatorError } from '../command.ts'

/** Whoever has the file can guess at leisure, a second or so for each guess. */
const SHORTEST_PASSPHRASE = 12

const secretIn = async (file: string): Promise<string> => {
  const text = await readPrivately(file, OperatorError)
  if (text === undefined) throw new OperatorError(`There is no file ${file}.`)
  return text
}

const passphraseIn = async (file: string): Promise<string> => {
  const [passphrase = ''] = (await secretIn(file)).split(/\r?\n/)
  if (passphrase.length >= SHORTEST_PASSPHRASE) return passphrase
  throw new OperatorError(
    `The first line of ${file} is the passphrase, and must have at least ${SHORTEST_PASSPHRASE} characters.`,
  )
}

/** The one line of an identity file that is no comment (the format of the tool `age`). */
const identityIn = async (file: string): Promise<string> => {
  const lines = (await secretIn(file)).split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  const [identity] = lines
  if (lines.length === 1 && identity !== undefined && /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity))
    return identity
  throw new OperatorError(`${file} does not hold an identity, a line that begins with AGE-SECRET-KEY-1.`)
}

/** For whom a backup is locked: a recipient, or everybody who knows the passphrase in a file. */
export const lockOf = async (recipient?: string, passphraseFile?: string): Promise<Lock> => {
  if ((recipient === undefined) === (passphraseFile === undefined))
    throw new OperatorError('Say for whom: --recipient age1… or --passphrase-file FILE, one of the two.')
  if (recipient === undefined) return { passphrase: await passphraseIn(passphraseFile ?? '') }
  if (isRecipient(recipient)) return { recipient }
  throw new OperatorError(
    'This recipient is none. It begins with age1, and `npm run ownkey -- backup-key --out FILE` makes one.',
  )
}

/** What opens a backup. */
export const openerOf = async (identityFile?: string, passphraseFile?: string): Promise<Opener> => {
  if ((identityFile === undefined) === (passphraseFile === undefined))
    throw new OperatorError('Say what opens it: --identity FILE or --passphrase-file FILE, one of the two.')
  return identityFile === undefined
    ? { passphrase: await passphraseIn(passphraseFile ?? '') }
    : { identity: await identityIn(identityFile) }
}
