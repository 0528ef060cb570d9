import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Configuration } from '../config.ts'
import { newBackupKey } from '../crypto/backup-file.ts'
import { everyTable, type TableRows } from '../store/backup/rows.ts'
import { type Database, type Executor, newestSchema, schemaVersion } from '../store/database.ts'
import { requireFree, writeLocked, writeText } from './backup/file.ts'
import { writeBackup } from './backup/format.ts'
import { lockOf } from './backup/keys.ts'
import { type Command, note, OperatorError, say, withDatabase } from './command.ts'

/** How often the operator hears of a long table. */
const ROWS_BETWEEN_NOTES = 100_000

/** The file that a command writes. */
const outOf = (out: string | undefined): string => {
  if (out === undefined) throw new OperatorError('Say where to: --out FILE')
  return resolve(out)
}

const counted = async function* ({
  table,
  rows,
}: TableRows): AsyncGenerator<readonly (string | bigint | null)[]> {
  let count = 0
  for await (const row of rows) {
    yield row
    count += 1
    if (count % ROWS_BETWEEN_NOTES === 0) note(`  ${table}: ${count} …`)
  }
  note(`  ${table}: ${count}`)
}

const toldTables = async function* (db: Executor): AsyncGenerator<TableRows> {
  for await (const table of everyTable(db)) yield { ...table, rows: counted(table) }
}

const knownSchema = async (db: Executor): Promise<number> => {
  const version = await schemaVersion(db)
  if (version === 0) throw new OperatorError('There is nothing to back up: this database was never used.')
  if (version > newestSchema)
    throw new OperatorError(
      `The database has schema version ${version}; this Ownkey knows up to ${newestSchema}. Start a newer Ownkey.`,
    )
  return version
}

const options = {
  out: { type: 'string' },
  recipient: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const

const save = async (configuration: Configuration, words: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...words], options })
  const file = outOf(values.out)
  const lock = await lockOf(values.recipient, values['passphrase-file'])
  await requireFree(file)
  const write = ({ snapshot }: Database): Promise<void> =>
    snapshot(async (tx) => {
      const header = { schema: await knownSchema(tx), createdAt: new Date().toISOString() }
      await writeLocked(file, lock, writeBackup(header, toldTables(tx)))
    })
  await withDatabase(configuration, write)
  say(
    `${file} holds the vault as it was when the backup began. The master key is not in it and is needed with it: keep it elsewhere.`,
  )
}

/** Writes the whole vault to one encrypted file, while vaults run. */
export const backup: Command = {
  takes: '--out FILE (--recipient KEY | --passphrase-file FILE)',
  does: 'writes the vault to one encrypted file, while it runs',
  more: `One moment of the whole database, as JSON Lines in the age format, the same from SQLite and PostgreSQL. Secrets stay sealed
under the master key, which is neither needed nor in it. Left out: proofs that were seen, drafts that wait ten minutes for
their browser, signs of life of vaults, and a seal.

The file is for its owner alone (0600) and is there whole or not at all; one that is there is never overwritten.
A recipient comes from \`ownkey backup-key\`; the tool age opens the file too.`,
  run: save,
}

/** Makes the pair of keys for backups. */
export const backupKey: Command = {
  takes: '--out FILE',
  does: 'makes a pair of keys for backups',
  more: `Prints the recipient, for which backups are encrypted, and writes the identity, which alone opens them, to FILE (0600).
Take that file off this machine: a backup that can be opened where it is made protects little.`,
  run: async (_configuration, words) => {
    const { values } = parseArgs({ args: [...words], options: { out: { type: 'string' } } })
    const file = outOf(values.out)
    const { identity, recipient } = await newBackupKey()
    await writeText(file, `# opens Ownkey backups for\n# ${recipient}\n${identity}\n`)
    say(`Recipient  ${recipient}\nIdentity   ${file}  (opens the backups; keep it off this machine)`)
  },
}
