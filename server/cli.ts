import { parseArgs } from 'node:util'
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

const NAME_WIDTH = 15

const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(NAME_WIDTH)} ${does}`)

const usage = `ownkey: the vault and its operator's commands

${lines.join('\n')}

What one of them takes: ownkey NAME --help. Settings are environment variables; the README lists them.
Ends with 0 when it did what it was asked, with 1 when it could not, and with 2 when the words were not understood.`

const helpOf = (name: string, { takes, does, more }: Command): string =>
  [`ownkey ${name} ${takes}`.trimEnd(), `  ${does}`, ...(more === undefined ? [] : ['', more])].join('\n')

/** `parseArgs` does not know a word, or misses one; the first sentence of its message says which. */
const isMistyped = (error: unknown): error is TypeError =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

const mistyped = ({ message }: TypeError): string => {
  const [sentence = message] = message.split(/\. |\n/, 1)
  const name = process.argv[2] ?? ''
  return `${sentence.replace(/\.$/, '')}. It takes: ownkey ${name} ${commands[name]?.takes ?? ''}`.trimEnd()
}

const isForOperator = (error: unknown): error is Error =>
  error instanceof OperatorError || error instanceof ConfigurationError || error instanceof MasterKeyError

/** Ends the process with what the operator should do, or with the stack of our own mistake. */
const fail = (error: unknown): void => {
  const ours = error instanceof Error ? (error.stack ?? error.message) : 'unknown error'
  const said = isMistyped(error) ? mistyped(error) : isForOperator(error) ? error.message : ours
  process.stderr.write(`${said}\n`)
  process.exitCode = isMistyped(error) ? 2 : 1
}

const asksForHelp = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h')

/** Without a command's name: everything there is, which is an answer only to somebody who asked for it. */
const overview = (name: string | undefined): void => {
  const asked = name === undefined || ['help', '--help', '-h'].includes(name)
  if (asked) say(usage)
  else process.stderr.write(`There is no command ${name}.\n\n${usage}\n`)
  process.exitCode = asked ? 0 : 2
}

const run = async (name: string | undefined, words: readonly string[]): Promise<void> => {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name]
  if (name === undefined || command === undefined) return overview(name)
  if (asksForHelp(words)) return say(helpOf(name, command))
  if (command.takes === '' && words.length > 0) parseArgs({ args: [...words], strict: true })
  const configuration = readConfiguration(process.env)
  forgetVariables(process.env)
  await command.run(configuration, words)
}

run(process.argv[2], process.argv.slice(3)).catch(fail)
