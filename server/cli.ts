import { backup, backupKey } from './commands/backup.ts'
import { recoverOwner, setupCode } from './commands/codes.ts'
import { type Command, OperatorError, say } from './commands/command.ts'
import { doctor } from './commands/doctor.ts'
import { masterKey } from './commands/master-key.ts'
import { restore } from './commands/restore.ts'
import { seal, unseal } from './commands/seal.ts'
import { start } from './commands/start.ts'
import { verify } from './commands/verify.ts'
import { workspace } from './commands/workspace.ts'
import { ConfigurationError, forgetVariables, readConfiguration } from './config.ts'
import { MasterKeyError } from './crypto/master-key.ts'

const commands: Readonly<Record<string, Command>> = {
  start,
  'setup-code': setupCode,
  workspace,
  'recover-owner': recoverOwner,
  seal,
  unseal,
  'backup-key': backupKey,
  backup,
  restore,
  doctor,
  verify,
  'master-key': masterKey,
}

const lines = Object.entries(commands).map(
  ([name, { takes, does }]) => `  ownkey ${`${name} ${takes}`.padEnd(42)} ${does}`,
)

const usage = `ownkey: the vault and its operator's commands

${lines.join('\n')}

Settings are environment variables; the README lists them.`

/** `parseArgs` says in words what it does not know. */
const isMistyped = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

const isForOperator = (error: unknown): error is Error =>
  error instanceof OperatorError ||
  error instanceof ConfigurationError ||
  error instanceof MasterKeyError ||
  isMistyped(error)

/** Ends the process with what the operator should do, or with the stack of our own mistake. */
const fail = (error: unknown): void => {
  const ours = error instanceof Error ? (error.stack ?? error.message) : 'unknown error'
  process.stderr.write(`${isForOperator(error) ? error.message : ours}\n`)
  process.exitCode = 1
}

const run = async (name: string | undefined, words: readonly string[]): Promise<void> => {
  const command = name === undefined ? undefined : commands[name]
  if (command === undefined) {
    say(usage)
    process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : 2
    return
  }
  const configuration = readConfiguration(process.env)
  forgetVariables(process.env)
  await command.run(configuration, words)
}

run(process.argv[2], process.argv.slice(3)).catch(fail)
