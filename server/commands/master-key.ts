import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Configuration } from '../config.ts'
import { type MasterKeyRing, newMasterKeyText, readMasterKeys } from '../crypto/master-key.ts'
import type { Database } from '../store/database.ts'
import { writeText } from './backup/file.ts'
import { type Command, note, OperatorError, say, withDatabase } from './command.ts'
import { countMasters, requireRestarted, rewrapAll } from './master-key/rotation.ts'

const ringOf = ({ masterKey, masterKeyFile, dataFolder }: Configuration): Promise<MasterKeyRing> =>
  readMasterKeys({ value: masterKey, file: masterKeyFile, dataFolder, mayCreate: false })

const textOf = ({ key }: MasterKeyRing[number]): string => Buffer.from(key).toString('base64url')

const make = async (configuration: Configuration, out: string | undefined): Promise<void> => {
  if (out === undefined) throw new OperatorError('Say where to: --out FILE, outside of the data folder')
  const [present, ...others] = await ringOf(configuration)
  if (others.length > 0)
    throw new OperatorError(
      'Two master keys are in force: finish first with npm run ownkey -- master-key rotate, then leave the new one alone.',
    )
  const file = resolve(out)
  await writeText(file, `${newMasterKeyText()}\n${textOf(present)}\n`)
  say(`${file} holds a new master key, and the present one below it. Next:
  1. Set OWNKEY_MASTER_KEY_FILE to it for every vault, and restart them one by one. They wrap by the new key and open by both.
     Make no workspace until the last one is restarted.
  2. npm run ownkey -- master-key rotate`)
}

const rotateIn = async (database: Database, configuration: Configuration): Promise<void> => {
  const ring = await ringOf(configuration)
  const [{ kid }, old] = ring
  if (old !== undefined) await requireRestarted(database, configuration)
  const { done, shut } = await rewrapAll(database, ring, (count) => note(`  ${count} re-wrapped`))
  const { counts, others } = await countMasters(database, kid)
  for (const [table, { wrapped, sealed }] of counts)
    note(`  ${table}: ${wrapped} wrapped by the master key, ${sealed} sealed under keys that it wraps`)
  if (shut.length > 0)
    throw new OperatorError(
      `Not done: no master key that is in force opens the key of ${shut.join(', ')}. Put the right one beside the first, and run this again.`,
    )
  if (others > 0)
    throw new OperatorError(
      `Not done: ${others} are still under another master key than the first one (${kid}). Put the key back beside it, and run this again.`,
    )
  say(
    `Done: ${done} re-wrapped, and everything is under the first master key (${kid}). ${
      old === undefined
        ? 'No other is in force.'
        : `The second one (${old.kid}) opens nothing here any more: take it out of the file, and restart the vaults when it suits. Keep it with the backups that were made until now: they need it.`
    }`,
  )
}

const run = async (configuration: Configuration, words: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { out: { type: 'string' } },
    allowPositionals: true,
  })
  const [deed, ...more] = positionals
  if (more.length > 0 || (deed !== 'new' && deed !== 'rotate'))
    throw new OperatorError('ownkey master-key new --out FILE, or ownkey master-key rotate')
  if (deed === 'new') return make(configuration, values.out)
  await withDatabase(configuration, (database) => rotateIn(database, configuration))
}

/** Moves a vault from one master key to the next, while it runs. */
export const masterKey: Command = {
  takes: 'new --out FILE | rotate',
  does: 'moves the vault to a new master key, while it runs',
  more: `\`new\` writes a file with a new key and the present one. Give it to every vault (OWNKEY_MASTER_KEY_FILE) and restart them:
a vault reads its keys when it starts. Then \`rotate\` wraps every workspace's key anew, in small steps: it can be killed at
any moment and run again. It ends well only when no row of any table is under another master key.

In OWNKEY_MASTER_KEY two keys are separated by a comma, the new one first.`,
  run,
}
