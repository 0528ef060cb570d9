import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from './browser/extension.ts'

const cli = join(root, 'server/cli.ts')

/** A pairing code as the terminal shows it. */
const codePattern = /\b[0-9A-HJKMNP-TV-Z]{6}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}\b/
const addressPattern = /http:\/\/127\.0\.0\.1:\d+/

export type VaultSettings = Readonly<Record<string, string>>

/** A vault as an operator runs it: a process of its own, with everything that it ever wrote on its outputs. */
export type VaultProcess = {
  readonly address: string
  readonly pid: number
  /** Standard output and error so far, as one text. */
  output(): string
  /** Asks it to stop and waits until it has; gives its exit code. */
  stop(): Promise<number | null>
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>
}

/**
 * The whole environment of a vault under `folder`: nothing of the developer's own reaches it, so no provider key by accident.
 * The master key lies beside the data, not in it.
 */
const environmentOf = (folder: string, settings: VaultSettings): NodeJS.ProcessEnv => {
  const { PATH, SYSTEMROOT } = process.env
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SYSTEMROOT === undefined ? {} : { SYSTEMROOT }),
    HOME: folder,
    PORT: '0',
    OWNKEY_DATA: join(folder, 'data'),
    OWNKEY_MASTER_KEY_FILE: join(folder, 'keys', 'master.key'),
    ...settings,
  }
}

/** Starts a vault and waits until it serves. Throws with what it said when it ends before that. `program` is another copy of the vault than the one of this repository. */
export const startVaultProcess = async (
  folder: string,
  settings: VaultSettings = {},
  program: string = cli,
): Promise<VaultProcess> => {
  mkdirSync(folder, { recursive: true })
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: folder,
    env: environmentOf(folder, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const serving = Promise.withResolvers<string>()
  const hear = (part: Buffer): void => {
    said.push(part.toString())
    const [address] = addressPattern.exec(said.join('')) ?? []
    if (address !== undefined) serving.resolve(address)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'close')
  const endWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.on('close', () => process.off('exit', endWithUs))
  child.on('error', serving.reject)
  child.on('close', (code) => serving.reject(new Error(`The vault ended with ${code}:\n${said.join('')}`)))
  const address = await serving.promise
  return {
    address,
    pid: child.pid ?? 0,
    output: () => said.join(''),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs a command of the terminal (`ownkey …`) on the vault under `folder`, and gives what it printed. */
export const runCommand = async (
  folder: string,
  args: readonly string[],
  settings: VaultSettings = {},
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> => {
  mkdirSync(folder, { recursive: true })
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: environmentOf(folder, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  await ended
  return { code: child.exitCode, output, errors }
}

/** A setup code, made as an operator makes it: `ownkey setup-code`. */
export const setupCodeOf = async (folder: string, settings: VaultSettings = {}): Promise<string> => {
  const { output, errors } = await runCommand(folder, ['setup-code'], settings)
  const [code] = codePattern.exec(output) ?? []
  if (code === undefined) throw new Error(`No setup code was printed:\n${output}${errors}`)
  return code
}
