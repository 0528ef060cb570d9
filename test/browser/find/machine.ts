import { execFile, spawn } from 'node:child_process'
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers'

/** Milliseconds after which a browser that was asked for its version, or the download server, counts as silent. */
const VERSION_TIMEOUT_MS = 20_000
const DOWNLOAD_TIMEOUT_MS = 300_000

/** What can be downloaded for tests: Google's and Mozilla's own builds. */
export type Product = 'chrome' | 'firefox'

/** What a search for a browser looks at and does. The real machine is `thisMachine`; tests hand in another one. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly isRoot: boolean
  readonly isDebian: boolean
  readonly isExecutable: (path: string) => boolean
  /** Major version of the browser at a path; undefined when it does not start. */
  readonly majorOf: (path: string) => Promise<number | undefined>
  /** Downloads a browser and gives its path. Throws when it cannot be had. */
  readonly download: (product: Product, cacheFolder: string) => Promise<string>
  /** Runs a program to its end with its output shown. Throws when it fails. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>
  readonly say: (line: string) => void
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const isDebian = (): boolean => {
  try {
    return /^ID=["']?debian["']?$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

const firstNumber = (text: string | undefined): number | undefined => {
  const [, major] = /(\d+)(?:\.\d+)+/.exec(text ?? '') ?? []
  return major === undefined ? undefined : Number(major)
}

/** Firefox says its version in a file beside the program; Chrome names a folder there after it. */
const besides = (path: string): string => {
  const names = readdirSync(dirname(path))
  const isFirefox = names.includes('application.ini')
  return isFirefox
    ? (/^Version=.*$/m.exec(readFileSync(join(dirname(path), 'application.ini'), 'utf8'))?.[0] ?? '')
    : names.join('\n')
}

/** On Windows `--version` opens a window instead of answering. */
const majorOf = async (path: string): Promise<number | undefined> => {
  try {
    if (process.platform === 'win32') return firstNumber(besides(path))
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_TIMEOUT_MS })
    return firstNumber(stdout)
  } catch {
    return undefined
  }
}

const within = async <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> => {
  const alarm = Promise.withResolvers<never>()
  const timer = setTimeout(() => alarm.reject(new Error('no answer in time')), milliseconds)
  return Promise.race([work, alarm.promise]).finally(() => clearTimeout(timer))
}

const downloads = {
  chrome: { browser: Browser.CHROME, channel: 'stable' },
  firefox: { browser: Browser.FIREFOX, channel: 'esr' },
} as const

const download = async (product: Product, cacheDir: string): Promise<string> => {
  const { browser, channel } = downloads[product]
  const platform = detectBrowserPlatform()
  if (platform === undefined) throw new Error(`there is no ${product} for this system`)
  const buildId = await within(VERSION_TIMEOUT_MS, resolveBuildId(browser, platform, channel))
  const installDeps = product === 'chrome' && process.platform === 'linux' && process.getuid?.() === 0
  const installing = install({ browser, buildId, cacheDir, installDeps })
  return (await within(DOWNLOAD_TIMEOUT_MS, installing)).executablePath
}

const run = async (program: string, args: readonly string[]): Promise<void> => {
  const ended = Promise.withResolvers<void>()
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  child.on('error', ended.reject)
  child.on('exit', (code) =>
    code === 0 ? ended.resolve() : ended.reject(new Error(`${program} ended with ${code}`)),
  )
  return ended.promise
}

/** The machine that this program runs on; it speaks on stderr, so that stdout stays the caller's. */
export const thisMachine = (
  say = (line: string): void => void process.stderr.write(`${line}\n`),
): Machine => ({
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
  isDebian: isDebian(),
  isExecutable,
  majorOf,
  download,
  run,
  say,
})
