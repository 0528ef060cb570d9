import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pino } from 'pino'
import type { Configuration } from '../config.ts'
import { makeSetupCode } from '../domain/identity/pairing-codes.ts'
import { startVault } from '../main.ts'
import type { OpenVault } from '../open.ts'
import { codeText } from './codes.ts'
import { type Command, say } from './command.ts'

const extensionFolder = resolve(import.meta.dirname, '../../.output/chrome-mv3')

const whereTheExtensionIs = (): string =>
  existsSync(extensionFolder)
    ? `Extension: load ${extensionFolder} in chrome://extensions (developer mode, load unpacked)`
    : 'Extension: npm ci && npm run build, then load .output/chrome-mv3 in chrome://extensions'

/** Tells a newcomer what comes next. The code is shown to a person at a terminal only: a log is read by others. */
const welcome = async (vault: OpenVault, address: string): Promise<void> => {
  const [workspace] = await vault.workspaces.list()
  if (workspace === undefined || (await vault.members.any(workspace.id))) return
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

const run = async (configuration: Configuration): Promise<void> => {
  const log = pino({ level: configuration.logLevel, base: null, redact })
  const vault = await startVault(configuration, log)
  say(`Ownkey's vault listens at ${vault.origin}`)
  await welcome(vault.opened, vault.origin)
  const stop = async (): Promise<void> => {
    say('Stopping: no new work, open streams may end.')
    await vault.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

/** Runs the vault until it is told to stop. */
export const start: Command = { takes: '', does: 'runs the vault', run }
