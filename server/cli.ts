import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { type Configuration, ConfigurationError, forgetVariables, readConfiguration } from './config.ts'
import { MasterKeyError } from './crypto/master-key.ts'
import { makeRecoveryCode, makeSetupCode } from './domain/identity/pairing-codes.ts'
import { loopbackOrigin } from './http/listening.ts'
import { type OpenVault, openVault, startVault } from './main.ts'

const usage = `ownkey: the vault and its operator's commands

  ownkey start           runs the vault
  ownkey setup-code      a code for the first owner
  ownkey recover-owner   a code for an owner who lost every browser

Settings are environment variables; the README lists them.`

/** A message for the operator that needs no stack. */
class OperatorError extends Error {}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const addressOf = ({ origin, host, port }: Configuration): string => origin ?? loopbackOrigin(host, port)

const extensionFolder = resolve(import.meta.dirname, '../.output/chrome-mv3')

const whereTheExtensionIs = (): string =>
  existsSync(extensionFolder)
    ? `Extension: load ${extensionFolder} in chrome://extensions (developer mode, load unpacked)`
    : 'Extension: npm ci && npm run build, then load .output/chrome-mv3 in chrome://extensions'

const firstWorkspace = async ({ workspaces }: OpenVault) => {
  const [workspace] = await workspaces.list()
  if (workspace === undefined) throw new OperatorError('This vault has no workspace.')
  return workspace
}

const codeText = (address: string, { code, expiresAt }: { code: string; expiresAt: number }): string =>
  [
    `  Address  ${address}`,
    `  Code     ${code}`,
    `  Valid    until ${new Date(expiresAt).toLocaleTimeString()}`,
  ].join('\n')

/** Tells a newcomer what comes next. The code is shown to a person at a terminal only: a log is read by others. */
const welcome = async (vault: OpenVault, address: string): Promise<void> => {
  const workspace = await firstWorkspace(vault)
  if (await vault.members.any(workspace.id)) return
  say(whereTheExtensionIs())
  if (!process.stdout.isTTY) {
    say('This vault has no owner yet. For a setup code: npm run ownkey -- setup-code')
    return
  }
  const made = await makeSetupCode(vault)(workspace.id)
  if (made !== undefined)
    say(`Pair the first owner in the extension's popup with\n\n${codeText(address, made)}\n`)
}

/** What a log line must never show, should one ever hold it. */
const redact = {
  paths: [
    'authorization',
    'dpop',
    'key',
    'secret',
    'token',
    'code',
    'headers',
    'body',
    '*.authorization',
    '*.dpop',
    '*.key',
    '*.secret',
    '*.token',
    '*.code',
    '*.headers',
    '*.body',
  ],
  censor: '[redacted]',
}

const start = async (configuration: Configuration): Promise<void> => {
  const log = pino({ level: configuration.logLevel, base: null, redact })
  const vault = await startVault(configuration, log)
  say(`Ownkey's vault listens at ${vault.origin}`)
  await welcome(vault.opened, vault.origin)
  const stop = async (): Promise<void> => {
    say('Stopping: no new work, open streams may end.')
    await vault.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().catch(fail))
}

/** Opens the vault's database for one command and closes it again. */
const withVault = async (
  configuration: Configuration,
  work: (vault: OpenVault) => Promise<void>,
): Promise<void> => {
  const vault = await openVault(configuration, () => addressOf(configuration))
  try {
    await work(vault)
  } finally {
    await vault.database.close()
  }
}

const setupCode = (configuration: Configuration): Promise<void> =>
  withVault(configuration, async (vault) => {
    const made = await makeSetupCode(vault)((await firstWorkspace(vault)).id)
    if (made === undefined)
      throw new OperatorError(
        'This workspace has an owner. If every browser of the owner is lost: npm run ownkey -- recover-owner',
      )
    say(codeText(addressOf(configuration), made))
  })

const recoverOwner = (configuration: Configuration): Promise<void> =>
  withVault(configuration, async (vault) => {
    const made = await makeRecoveryCode(vault)((await firstWorkspace(vault)).id)
    if (made === undefined)
      throw new OperatorError('This workspace has no owner yet: npm run ownkey -- setup-code')
    say(
      `When this code is used, the owner's other browsers are removed.\n\n${codeText(addressOf(configuration), made)}`,
    )
  })

const commands: Readonly<Record<string, (configuration: Configuration) => Promise<void>>> = {
  start,
  'setup-code': setupCode,
  'recover-owner': recoverOwner,
}

/** Ends the process with what the operator should do, or with the stack of our own mistake. */
const fail = (error: unknown): void => {
  const known =
    error instanceof OperatorError || error instanceof ConfigurationError || error instanceof MasterKeyError
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`,
  )
  process.exitCode = 1
}

const run = async (name: string | undefined): Promise<void> => {
  const command = name === undefined ? undefined : commands[name]
  if (command === undefined) {
    say(usage)
    process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : 2
    return
  }
  const configuration = readConfiguration(process.env)
  forgetVariables(process.env)
  await command(configuration)
}

run(process.argv[2]).catch(fail)
