import { existsSync } from 'node:fs'
import type { Configuration } from '../config.ts'
import { Refusal } from '../domain/refusal.ts'
import { loopbackOrigin } from '../http/listening.ts'
import { embeddedFile, type OpenVault, openDatabase, openVault } from '../open.ts'
import type { Database } from '../store/database.ts'

/** One word on the operator's terminal: what it takes behind its name, what it does, and how. */
export type Command = {
  /** The words behind the name, such as `create NAME`; empty for none. */
  readonly takes: string
  readonly does: string
  /** What `--help` says besides: what is done, what is not, and what to do next. */
  readonly more?: string
  /** Throws OperatorError for what the operator can mend. */
  readonly run: (configuration: Configuration, words: readonly string[]) => Promise<void>
}

/** A message for the operator that needs no stack. It says what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

/** Writes a line on the standard output. */
export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Writes a line on the standard error: progress, which is not the command's result. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** The address that browsers use. */
export const addressOf = ({ origin, host, port }: Configuration): string =>
  origin ?? loopbackOrigin(host, port)

/** Opens the vault's database for one command and closes it again. */
export const withVault = async (
  configuration: Configuration,
  work: (vault: OpenVault) => Promise<void>,
): Promise<void> => {
  const vault = await openVault(configuration, () => addressOf(configuration))
  try {
    await work(vault)
  } catch (error) {
    if (!(error instanceof Refusal) || error.slug !== 'vault-sealed') throw error
    throw new OperatorError('This vault is sealed. To go on: npm run ownkey -- unseal')
  } finally {
    await vault.database.close()
  }
}

/** Opens the database that is there, as it is, for one command. Nothing is made or migrated. */
export const withDatabase = async (
  configuration: Configuration,
  work: (database: Database) => Promise<void>,
): Promise<void> => {
  const file = embeddedFile(configuration)
  if (file !== undefined && !existsSync(file))
    throw new OperatorError(`There is no database at ${file}. Set OWNKEY_DATA or DATABASE_URL.`)
  const database = await openDatabase(configuration)
  try {
    await work(database)
  } finally {
    await database.close()
  }
}
