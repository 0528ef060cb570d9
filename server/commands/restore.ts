import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Configuration } from '../config.ts'
import { link } from '../crypto/chain.ts'
import { envelope as envelopeUnder } from '../crypto/envelope.ts'
import { readMasterKeys } from '../crypto/master-key.ts'
import type { Envelope } from '../domain/envelope.ts'
import { embeddedFile, openDatabase } from '../open.ts'
import { afterRestore } from '../store/backup/restored.ts'
import type { Executor } from '../store/database.ts'
import { wrappedKeys } from '../store/wrapped-keys.ts'
import { readLocked } from './backup/file.ts'
import { type Header, readBackup } from './backup/format.ts'
import { openerOf } from './backup/keys.ts'
import { loadRows, type Parts, prepare, requireKnown, type Transaction } from './backup/loading.ts'
import { type Command, note, OperatorError, say } from './command.ts'

const masterEnvelope = async ({ masterKey, masterKeyFile, dataFolder }: Configuration): Promise<Envelope> =>
  envelopeUnder(await readMasterKeys({ value: masterKey, file: masterKeyFile, dataFolder, mayCreate: false }))

/** Throws MasterKeyError, or SealError's sentence, at the first key that this vault's master key does not open. */
const openEveryKey = async (tx: Executor, envelope: Envelope): Promise<number> => {
  let opened = 0
  for await (const { workspaceId, wrapped } of wrappedKeys(tx)) {
    await envelope.unwrap(workspaceId, wrapped)
    opened += 1
  }
  return opened
}

const load = async (tx: Transaction, header: Header, parts: Parts, envelope: Envelope) => {
  await prepare(tx, header)
  const rows = await loadRows(tx, parts, (table, count) => note(`  ${table}: ${count}`))
  const keys = await openEveryKey(tx, envelope)
  const restored = await afterRestore(tx, { now: Date.now, link }, header.createdAt)
  return { rows, keys, ...restored }
}

/** All of it in one transaction: a restore that fails leaves what was there before, which is nothing. */
const loadInto = async (configuration: Configuration, header: Header, parts: Parts, envelope: Envelope) => {
  const file = embeddedFile(configuration)
  const isNew = file !== undefined && !existsSync(file)
  const database = await openDatabase(configuration)
  let done = false
  try {
    const told = await database.transaction('migrations', (tx) => load(tx, header, parts, envelope))
    done = true
    return told
  } finally {
    await database.close()
    if (isNew && !done) for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  }
}

const options = { identity: { type: 'string' }, 'passphrase-file': { type: 'string' } } as const

const run = async (configuration: Configuration, words: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new OperatorError('Name the one backup to restore.')
  const opener = await openerOf(values.identity, values['passphrase-file'])
  const parts = readBackup(await readLocked(resolve(file), opener))
  const header = await requireKnown(parts)
  const envelope = await masterEnvelope(configuration)
  const told = await loadInto(configuration, header, parts, envelope)
  say(`Restored ${told.rows} rows of ${told.workspaces} workspaces, as they were at ${header.createdAt}.
  ${told.keys} keys open with this master key
  ${told.devices} browsers wait for approval; every session and every pending pairing code is void
  ${told.holds} calls that ran then are settled as unknown, at their upper bound

The vault is sealed. Next:
  npm run ownkey -- doctor
  npm run ownkey -- unseal
  npm start
  npm run ownkey -- recover-owner      for each workspace; the owner then approves the other browsers`)
}

/** Brings a backup into an empty database. */
export const restore: Command = {
  takes: 'FILE (--identity FILE | --passphrase-file FILE)',
  does: 'brings a backup into an empty database, sealed',
  more: `The database must be empty: a new OWNKEY_DATA folder, or a new PostgreSQL database. Either takes the backup of the other.
The master key must be the one that the vault had. All of it is restored or nothing.

What is restored is sealed, sessions and pending codes are void, browsers wait for approval, and calls that ran at the
moment of the backup are settled as unknown, at their upper bound.`,
  run,
}
